// ssc desk unblock: a locked PIN that the holder knows.
#include <CLI/CLI.hpp>

#include "tools/ssc/desk_commands.h"
#include "tools/ssc/desk_visit.h"

namespace ssc::tools {

void add_desk_unblock(CLI::App& desk, int& exit_status) {
  auto options = std::make_shared<VisitOptions>();
  CLI::App* command = desk.add_subcommand("unblock", "A locked PIN: its tries come back, the PIN stays");
  add_visit_options(*command, *options);
  command->footer(
      "Example: ssc desk unblock A99010016 --id-number 99010019900307006X --centre city --psam-target "
      "pcsc:SAM\n"
      "  --card-target pcsc:ACS --operator 'Li Desk' --role 'PIN desk'\n"
      "Exit: 0 done, 1 refused by a rule or the card, 2 wrong use or bad input, 3 could not be carried out.");
  command->callback([options, &exit_status] {
    exit_status = at_the_desk(*options, [](conformance::desk::Desk& at) { return at.unblock(); });
  });
}

}  // namespace ssc::tools
