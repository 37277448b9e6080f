// --centre DIR and what goes with it: the folder of a centre, opened, and who stands in its ledger.
#pragma once

#include <string>
#include <tl/expected.hpp>

#include "keys/centre/centre.h"
#include "tools/ssc/complaint.h"

namespace CLI {
class App;
}

namespace ssc::tools {

struct CentreOptions {
  std::string folder;           // empty: no --centre was given
  std::string passphrase_file;  // empty: none
  std::string who;
  std::string role;
};

// Adds --centre, --passphrase-file, --who and --role. With `required`, --centre, --who and --role must be
// given.
void add_centre_options(CLI::App& command, CentreOptions& options, bool required = true);
// Adds --centre alone, required: for what reads and opens no secret.
void add_centre_folder(CLI::App& command, std::string& folder);

tl::expected<keys::centre::Centre, Complaint> open_centre(const CentreOptions& options);

// With its exit status: refused or damaged 1, bad input 2, the file system 3.
Complaint complaint_of(const keys::centre::CentreError& error);
Complaint complaint_of(const keys::ledger::LedgerError& error);

// "entry 12, hash A1B2…": what every command that wrote an entry ends with.
void print_entry(const keys::ledger::Record& record);

}  // namespace ssc::tools
