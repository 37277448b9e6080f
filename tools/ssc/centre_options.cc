#include "tools/ssc/centre_options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "apdu/hex.h"
#include "tools/ssc/passphrase.h"

namespace ssc::tools {

namespace centre = keys::centre;

void add_centre_folder(CLI::App& command, std::string& folder) {
  command.add_option("--centre", folder, "Folder of the centre")->required();
}

void add_centre_options(CLI::App& command, CentreOptions& options, bool required) {
  command.add_option("--centre", options.folder, "Folder of the centre")->required(required);
  add_passphrase_option(command, options.passphrase_file);
  command.add_option("--who", options.who, "Who does it: stands in the ledger")->required(required);
  command.add_option("--role", options.role, "In which capacity: \"key officer\"")->required(required);
}

tl::expected<centre::Centre, Complaint> open_centre(const CentreOptions& options) {
  const auto passphrase = Passphrase::read(options.passphrase_file);
  if (!passphrase) return tl::unexpected(passphrase.error());
  auto opened = centre::Centre::open(options.folder, passphrase->access());
  if (!opened) return tl::unexpected(complaint_of(opened.error()));
  return *std::move(opened);
}

Complaint complaint_of(const centre::CentreError& error) {
  using Kind = centre::CentreError::Kind;
  if (error.kind == Kind::kBadInput) return {error.what, exit_code::bad_input};
  return {error.what, error.kind == Kind::kFile ? exit_code::not_carried_out : exit_code::failed};
}

Complaint complaint_of(const keys::ledger::LedgerError& error) {
  return complaint_of(centre::error_of(error));
}

void print_entry(const keys::ledger::Record& record) {
  std::cout << fmt::format("entry {}, hash {}\n", record.number, apdu::to_hex(record.hash));
}

}  // namespace ssc::tools
