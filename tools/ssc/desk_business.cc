// ssc desk business: may this card transact?
#include <CLI/CLI.hpp>

#include "tools/ssc/desk_commands.h"
#include "tools/ssc/desk_office.h"

namespace ssc::tools {
namespace {

using namespace conformance::desk;

struct BusinessArguments {
  OfficeOptions office;
  std::string card_number;
  bool query = false;
};

int business(const BusinessArguments& arguments) {
  const auto office = Office::open(arguments.office);
  if (!office) return complain(office.error());
  const auto row = (*office)->book().find(arguments.card_number);
  if (!row) return complain(refusal_of(row.error()));
  if ((*office)->blacklist().names(row->identification, row->card_number)) return complain(blacklisted());
  const auto policy = (*office)->policy(*row);
  if (!policy) return complain(policy.error());
  const auto answer =
      may_transact(*row, *policy, arguments.query ? Business::kQuery : Business::kTransaction);
  return answer ? tell(row->card_number, answer->what) : complain(answer.error());
}

}  // namespace

void add_desk_business(CLI::App& desk, int& exit_status) {
  auto arguments = std::make_shared<BusinessArguments>();
  CLI::App* command = desk.add_subcommand(
      "business", "May this card transact? What a business system asks before it asks the card");
  command->add_option("CARD", arguments->card_number, "Card number, nine characters")->required();
  command->add_flag("--query", arguments->query, "Only looking up, no business");
  add_policy_option(*command, arguments->office);
  add_office_options(*command, arguments->office);
  command->footer(
      "Example: ssc desk business A99010016 --centre city\n"
      "Exit: 0 it may, 1 it may not (-35: the PIN is still the initial one), 2 wrong use or bad input, 3 "
      "could not be found out.");
  command->callback([arguments, &exit_status] { exit_status = business(*arguments); });
}

}  // namespace ssc::tools
