// ssc keys check: what is wrong with a key set.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "keys/hierarchy/check.h"
#include "tools/ssc/key_room.h"
#include "tools/ssc/keys_commands.h"

namespace ssc::tools {
namespace {

struct CheckArguments {
  std::string set;
  KeyRoomOptions room;
};

std::vector<std::string> findings(const keys::InspectedKeySet& inspected, const std::string& file) {
  std::vector<std::string> lines;
  for (const apdu::InputError& fault : inspected.faults) lines.push_back(fault.to_string());
  for (const keys::Fault& fault : keys::hierarchy::check_set(inspected.set))
    lines.push_back(fmt::format("{}: {}; {}", file, fault.what, fault.mend));
  return lines;
}

int check(const CheckArguments& arguments) {
  const auto room = KeyRoom::open(arguments.room);
  if (!room) return complain(room.error());
  const keys::storage::Access access = room->access();
  const auto inspected = keys::inspect_key_set(arguments.set, &access);
  if (!inspected) return complain(inspected.error().to_string());
  const auto lines = findings(*inspected, arguments.set);
  for (const std::string& line : lines) std::cout << line << '\n';
  if (!lines.empty()) return exit_code::failed;
  std::cout << fmt::format("{}: {} keys, nothing wrong\n", arguments.set, inspected->set.keys.size());
  return exit_code::ok;
}

}  // namespace

void add_keys_check(CLI::App& parent, int& exit_status) {
  auto arguments = std::make_shared<CheckArguments>();
  CLI::App* command = parent.add_subcommand(
      "check",
      "Finds missing, weak and equal keys, wrong owners, levels, ids and check values, gaps in versions");
  command->add_option("SET", arguments->set, "Key set file or built-in key set")->required();
  add_key_room_options(*command, arguments->room);
  command->footer(
      "Example: ssc keys check province-99.xml --passphrase-file province.pass\n"
      "Exit: 0 nothing wrong, 1 a line for each finding, 2 no key set.");
  command->callback([arguments, &exit_status] { exit_status = check(*arguments); });
}

}  // namespace ssc::tools
