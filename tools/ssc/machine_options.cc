#include "tools/ssc/machine_options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "keys/clock.h"

namespace ssc::tools {
namespace {

using std::chrono::year_month_day;

tl::expected<year_month_day, Complaint> day_of(const std::string& text) {
  if (text.empty()) return year_month_day(std::chrono::floor<std::chrono::days>(keys::system_clock()()));
  const auto time = keys::parse_time(text + "T00:00:00Z");
  if (time) return year_month_day(std::chrono::floor<std::chrono::days>(*time));
  return tl::unexpected(Complaint{fmt::format("--on: '{}' is no day; write it as 2027-12-31", text)});
}

}  // namespace

Complaint complaint_of(const keys::hsm::MachineError& error) {
  using Kind = keys::hsm::MachineError::Kind;
  switch (error.kind) {
    case Kind::kBadInput:
      return {error.what, exit_code::bad_input};
    case Kind::kRefused:
    case Kind::kNotCertified:
    case Kind::kExpired:
      return {error.what, exit_code::failed};
    case Kind::kNoKey:
    case Kind::kNoMechanism:
    case Kind::kDevice:
      break;
  }
  return {error.what, exit_code::not_carried_out};
}

void add_machine_options(CLI::App& command, MachineChoice& choice) {
  command.add_option("MACHINE", choice.record, "Record file or built-in record")->required();
  add_passphrase_option(command, choice.passphrase_file);
}

tl::expected<OpenMachine, Complaint> open_machine(const MachineChoice& choice) {
  const auto today = day_of(choice.day);
  if (!today) return tl::unexpected(today.error());
  auto passphrase = Passphrase::read(choice.passphrase_file);
  if (!passphrase) return tl::unexpected(passphrase.error());
  auto record = keys::hsm::load_machine_record(choice.record);
  if (!record) return tl::unexpected(Complaint{record.error().to_string()});
  auto machine = keys::hsm::open_machine(*record, {*today, nullptr, passphrase->access()});
  if (!machine) return tl::unexpected(complaint_of(machine.error()));
  return OpenMachine{*std::move(record), *std::move(machine), *std::move(passphrase)};
}

}  // namespace ssc::tools
