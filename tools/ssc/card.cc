// ssc card: cards and their state.
#include "tools/ssc/card_commands.h"

#include <CLI/CLI.hpp>

#include "tools/ssc/subcommand.h"

namespace ssc::tools {
namespace {

void add_card(CLI::App& program, int& exit_status) {
  CLI::App* command = program.add_subcommand("card", "Cards and their state");
  command->require_subcommand(1);
  command->footer(
      "Example: ssc card show sample-3.00\nssc card SUBCOMMAND --help tells more, with an example each.");
  for (const auto add :
       {add_card_list, add_card_build, add_card_show, add_card_copy, add_card_reset, add_card_diff})
    add(*command, exit_status);
}

const Subcommand kCard("card", add_card);

}  // namespace
}  // namespace ssc::tools
