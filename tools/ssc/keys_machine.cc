// ssc keys machine: encryption machines, by their record files.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "apdu/hex.h"
#include "keys/key_places.h"
#include "tools/ssc/keys_commands.h"
#include "tools/ssc/machine_options.h"

namespace ssc::tools {
namespace {

namespace hsm = keys::hsm;

void print_certificate(const hsm::MachineRecord& record) {
  if (!record.certificate) {
    std::cout << "certificate  none: a lab machine\n";
    return;
  }
  const hsm::Certificate& certificate = *record.certificate;
  const auto& day = certificate.expires;
  std::cout << fmt::format("certificate  {}, good until {:04}-{:02}-{:02}, {}{}{}\n", certificate.number,
                           static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                           static_cast<unsigned>(day.day()), certificate.permit.des ? "DES" : "",
                           certificate.permit.des && certificate.permit.sm4 ? " " : "",
                           certificate.permit.sm4 ? "SM4" : "");
}

// The key's line; false when its check value is not to be had.
bool print_key(hsm::Machine& machine, const hsm::KeyInfo& key) {
  const auto address = machine.address_of(key.id);
  const auto kcv = machine.check_value({key.id, {}});
  std::cout << fmt::format("  {:<4}  {:<4} {:<10} version {}  {:<8}  {}\n",
                           address ? fmt::format("{:04X}", *address) : "", keys::name(key.id.cipher),
                           key.id.name, key.id.version, keys::word(key.level),
                           kcv ? "KCV " + apdu::to_hex(*kcv) : kcv.error().what);
  return kcv.has_value();
}

int check(const MachineChoice& choice) {
  auto opened = open_machine(choice);
  if (!opened) return complain(opened.error());
  hsm::Machine& machine = opened->machine;
  std::cout << fmt::format("{}  {}: {}\n", opened->record.name, machine.back_end(), machine.description());
  print_certificate(opened->record);
  std::cout << "mechanisms\n";
  for (const hsm::Mechanism& one : machine.mechanisms()) {
    std::cout << fmt::format("  {:<3} {:<26} {}\n", one.usable ? "yes" : "no", one.name, one.remark);
  }
  const auto keys = machine.keys();
  std::cout << fmt::format("keys  {}\n", keys.size());
  bool all = true;
  for (const hsm::KeyInfo& key : keys) all = print_key(machine, key) && all;
  return all ? exit_code::ok : exit_code::failed;
}

void add_check(CLI::App& parent, int& exit_status) {
  auto choice = std::make_shared<MachineChoice>();
  CLI::App* command =
      parent.add_subcommand("check", "Opens a machine: certificate, mechanisms, keys and their check values");
  add_machine_options(*command, *choice);
  command->add_option("--on", choice->day,
                      "Judge the certificate on that day, as 2027-12-31; today when left out");
  command->footer("Example: ssc keys machine check lab-software");
  command->callback([choice, &exit_status] { exit_status = check(*choice); });
}

int load(const MachineChoice& choice, const std::string& set_name) {
  auto opened = open_machine(choice);
  if (!opened) return complain(opened.error());
  if (opened->machine.back_end() == "software") {
    return complain("a machine in software has the key sets that its record names; name this one there");
  }
  const auto set = keys::load_key_set(set_name, opened->passphrase.access());
  if (!set) return complain(set.error().to_string());
  if (set->lab != opened->record.lab) {
    return complain(
        set->lab ? "test keys do not go into a machine in use" : "keys in use do not go into a lab machine",
        exit_code::failed);
  }
  const auto count = opened->machine.load_keys(*set);
  if (!count) return complain(complaint_of(count.error()));
  std::cout << fmt::format("{} keys of {} are in {}\n", *count, set->name, opened->record.name);
  return exit_code::ok;
}

void add_load(CLI::App& parent, int& exit_status) {
  auto choice = std::make_shared<MachineChoice>();
  auto set = std::make_shared<std::string>();
  CLI::App* command = parent.add_subcommand("load", "Puts the keys of a set into a machine's token");
  add_machine_options(*command, *choice);
  command->add_option("SET", *set, "Key set file or built-in key set")->required();
  command->footer("Example: ssc keys machine load lab-softhsm lab-990100-des");
  command->callback([choice, set, &exit_status] { exit_status = load(*choice, *set); });
}

}  // namespace

void add_keys_machine(CLI::App& keys, int& exit_status) {
  CLI::App* command = keys.add_subcommand("machine", "Encryption machines");
  command->require_subcommand(1);
  command->footer(
      "Example: ssc keys machine check lab-software\nssc keys machine SUBCOMMAND --help tells more, with an "
      "example each.");
  add_check(*command, exit_status);
  add_load(*command, exit_status);
  add_keys_machine_answer(*command, exit_status);
}

}  // namespace ssc::tools
