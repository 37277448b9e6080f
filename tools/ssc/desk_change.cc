// ssc desk change and first-use: the holder knows the PIN and wants another.
#include <CLI/CLI.hpp>

#include "tools/ssc/desk_commands.h"
#include "tools/ssc/desk_visit.h"
#include "tools/ssc/pin_input.h"

namespace ssc::tools {
namespace {

using namespace conformance::desk;
using Operation = Decided<apdu::OwnedPhrase> (Desk::*)(const keys::Pin&, const keys::Pin&, const keys::Pin&);

struct ChangeArguments {
  VisitOptions visit;
  std::string pin_file;
};

int change(const ChangeArguments& arguments, Operation operation) {
  const auto pins = read_pins(arguments.pin_file, {"Old PIN", "New PIN", "New PIN again"});
  if (!pins) return complain(pins.error());
  return at_the_desk(arguments.visit,
                     [&](Desk& desk) { return (desk.*operation)((*pins)[0], (*pins)[1], (*pins)[2]); });
}

CLI::App* add(CLI::App& desk, const std::string& name, const std::string& about, Operation operation,
              int& exit_status) {
  auto arguments = std::make_shared<ChangeArguments>();
  CLI::App* command = desk.add_subcommand(name, about);
  add_pin_option(*command, arguments->pin_file,
                 "the old PIN (empty: the card has none) and twice the new one");
  add_visit_options(*command, arguments->visit);
  command->footer(
      "Example: ssc desk " + name +
      " A99010016 --id-number 99010019900307006X --centre city --machine lab-software\n"
      "  --card-target pcsc:ACS --operator 'Li Desk' --role 'PIN desk'\n"
      "Exit: 0 done, 1 refused by a rule or the card, 2 wrong use or bad input, 3 could not be carried out.");
  command->callback([arguments, operation, &exit_status] { exit_status = change(*arguments, operation); });
  return command;
}

}  // namespace

void add_desk_change(CLI::App& desk, int& exit_status) {
  add(desk, "change", "Changes the PIN; the policy is asked before the card", &Desk::change, exit_status);
}

void add_desk_first_use(CLI::App& desk, int& exit_status) {
  add(desk, "first-use", "Changes the initial PIN, by which the card comes into use", &Desk::first_use,
      exit_status)
      ->alias("activate");
}

}  // namespace ssc::tools
