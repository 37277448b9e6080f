// ssc desk: the PIN desk.
#include <CLI/CLI.hpp>

#include "tools/ssc/desk_commands.h"
#include "tools/ssc/subcommand.h"

namespace ssc::tools {
namespace {

// One a line.
constexpr AddSubcommand kCommands[] = {
    add_desk_policy, add_desk_register, add_desk_status,  add_desk_business, add_desk_first_use,
    add_desk_change, add_desk_reset,    add_desk_unblock, add_desk_lost,
};

void add_desk(CLI::App& program, int& exit_status) {
  CLI::App* command =
      program.add_subcommand("desk", "The PIN desk: policies, first use, forgotten PINs, lost cards");
  command->require_subcommand(1);
  command->footer(
      "Example: ssc desk policy lanzhou\nssc desk SUBCOMMAND --help tells more, with an example each.");
  for (const auto add : kCommands) add(*command, exit_status);
}

const Subcommand kDesk("desk", add_desk);

}  // namespace
}  // namespace ssc::tools
