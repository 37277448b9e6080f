// ssc desk reset: a forgotten PIN.
#include <CLI/CLI.hpp>

#include "tools/ssc/desk_commands.h"
#include "tools/ssc/desk_visit.h"
#include "tools/ssc/pin_input.h"

namespace ssc::tools {
namespace {

using namespace conformance::desk;

struct ResetArguments {
  VisitOptions visit;
  bool initial = false;
  std::string pin_file;
};

int reset(const ResetArguments& arguments) {
  if (arguments.initial)
    return at_the_desk(arguments.visit, [](Desk& desk) { return desk.reset_to_initial(); });
  const auto pins = read_pins(arguments.pin_file, {"New PIN", "New PIN again"});
  if (!pins) return complain(pins.error());
  return at_the_desk(arguments.visit, [&](Desk& desk) { return desk.reset_to((*pins)[0], (*pins)[1]); });
}

}  // namespace

void add_desk_reset(CLI::App& desk, int& exit_status) {
  auto arguments = std::make_shared<ResetArguments>();
  CLI::App* command =
      desk.add_subcommand("reset", "A forgotten PIN: the holder's new one, or the initial one again");
  CLI::Option* initial = command->add_flag("--initial", arguments->initial,
                                           "The policy's initial PIN, where a reset may give it again");
  add_pin_option(*command, arguments->pin_file, "the new PIN twice");
  command->get_option("--pin-file")->excludes(initial);
  command->add_option("--letters", arguments->visit.office.letters,
                      "Folder for the letter of a drawn PIN; default: the centre's");
  add_visit_options(*command, arguments->visit);
  command->footer(
      "Example: ssc desk reset A99010016 --id-number 99010019900307006X --initial --centre city --machine "
      "lab-software\n"
      "  --card-target pcsc:ACS --operator 'Li Desk' --role 'PIN desk'\n"
      "Exit: 0 done, 1 refused by a rule or the card, 2 wrong use or bad input, 3 could not be carried out.");
  command->callback([arguments, &exit_status] { exit_status = reset(*arguments); });
}

}  // namespace ssc::tools
