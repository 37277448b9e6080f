// ssc card copy and reset: folders of ssc serve --state.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "simulator/store/sqlite_store.h"
#include "tools/ssc/card_commands.h"
#include "tools/ssc/card_state.h"
#include "tools/ssc/passphrase.h"
#include "tools/ssc/subcommand.h"

namespace ssc::tools {
namespace {

using simulator::profile::Kind;
namespace store = simulator::store;

struct CopyArguments {
  std::string from;
  std::string to;
  std::string passphrase_file;
};

std::vector<std::string> states_in(const std::string& folder) {
  std::vector<std::string> names;
  for (const Kind kind : {Kind::kCard, Kind::kPsam, Kind::kCarrier}) {
    if (store::has_state(folder, state_name(kind))) names.push_back(state_name(kind));
  }
  return names;
}

int no_state(const std::string& folder) {
  return complain(folder + ": keeps no card's state", exit_code::not_carried_out);
}

int copy_states(const CopyArguments& arguments) {
  const auto passphrase = Passphrase::read(arguments.passphrase_file);
  if (!passphrase) return complain(passphrase.error());
  const auto names = states_in(arguments.from);
  if (names.empty()) return no_state(arguments.from);
  if (!states_in(arguments.to).empty()) {
    return complain(
        fmt::format("{0}: keeps a card's state already; 'ssc card reset {0}' removes it", arguments.to),
        exit_code::not_carried_out);
  }
  for (const std::string& name : names) {
    if (const auto copied = store::copy_state(arguments.from, arguments.to, name, passphrase->access());
        !copied)
      return complain(complaint_of(copied.error()));
    std::cout << fmt::format("{}/{}.db: copied to {}\n", arguments.from, name, arguments.to);
  }
  return exit_code::ok;
}

int reset(const std::string& folder) {
  const auto names = states_in(folder);
  if (names.empty()) return no_state(folder);
  for (const std::string& name : names) {
    if (const auto removed = store::remove_state(folder, name); !removed)
      return complain(removed.error().what, exit_code::not_carried_out);
    std::cout << fmt::format("{}/{}.db: removed; the {} is as its file says\n", folder, name, name);
  }
  return exit_code::ok;
}

}  // namespace

void add_card_copy(CLI::App& card, int& exit_status) {
  auto arguments = std::make_shared<CopyArguments>();
  CLI::App* command =
      card.add_subcommand("copy", "Copies what a state folder keeps, whole, into another folder");
  command->add_option("DIR", arguments->from, "Folder of ssc serve --state")->required();
  command->add_option("DIR2", arguments->to, "Folder without a state; made when it is not there")->required();
  add_passphrase_option(*command, arguments->passphrase_file);
  command->footer("Example: ssc card copy ~/cards/zhang ~/cards/zhang-before-test");
  command->callback([arguments, &exit_status] { exit_status = copy_states(*arguments); });
}

void add_card_reset(CLI::App& card, int& exit_status) {
  auto folder = std::make_shared<std::string>();
  CLI::App* command = card.add_subcommand("reset", "Removes what a state folder keeps, without asking");
  command->add_option("DIR", *folder, "Folder of ssc serve --state")->required();
  command->footer("Example: ssc card reset ~/cards/zhang");
  command->callback([folder, &exit_status] { exit_status = reset(*folder); });
}

}  // namespace ssc::tools
