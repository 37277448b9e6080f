// Opening an encryption machine for a subcommand.
#pragma once

#include <string>
#include <tl/expected.hpp>

#include "keys/hsm/open_machine.h"
#include "tools/ssc/complaint.h"
#include "tools/ssc/passphrase.h"

namespace ssc::tools {

// Which machine, as the command line says.
struct MachineChoice {
  std::string record;           // a path or built-in name
  std::string passphrase_file;  // of its sealed key sets
  std::string day;              // as 2027-12-31; "" is today
};
// Adds MACHINE and --passphrase-file.
void add_machine_options(CLI::App& command, MachineChoice& choice);

struct OpenMachine {
  keys::hsm::MachineRecord record;
  keys::hsm::Machine machine;
  Passphrase passphrase;
};

// Bad input 2; refused by a rule 1; no such key or mechanism, or the device failed 3.
Complaint complaint_of(const keys::hsm::MachineError& error);

tl::expected<OpenMachine, Complaint> open_machine(const MachineChoice& choice);

}  // namespace ssc::tools
