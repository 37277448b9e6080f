// ssc desk status: what the register says of a card.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "tools/ssc/desk_commands.h"
#include "tools/ssc/desk_office.h"

namespace ssc::tools {
namespace {

using namespace conformance::desk;

struct StatusArguments {
  OfficeOptions office;
  std::string card_number;
};

std::string_view word(PinState state) {
  if (state == PinState::kInitial) return "initial";
  return state == PinState::kChanged ? "changed" : "reset";
}

int status(const StatusArguments& arguments) {
  const auto office = Office::open(arguments.office);
  if (!office) return complain(office.error());
  const auto row = (*office)->book().find(arguments.card_number);
  if (!row) return complain(refusal_of(row.error()));
  std::cout << fmt::format("{}  policy {}  PIN {} since {}\n", row->card_number, row->policy,
                           word(row->state), row->since)
            << fmt::format("identification code {}\n", row->identification)
            << fmt::format("{} changes, {} resets, {} unblocks\n", row->changes, row->resets, row->unblocks);
  if (!row->lost.empty()) std::cout << fmt::format("reported lost on {}\n", row->lost);
  if ((*office)->blacklist().names(row->identification, row->card_number)) std::cout << "on the blacklist\n";
  return exit_code::ok;
}

}  // namespace

void add_desk_status(CLI::App& desk, int& exit_status) {
  auto arguments = std::make_shared<StatusArguments>();
  CLI::App* command = desk.add_subcommand("status", "What the register says of a card");
  command->add_option("CARD", arguments->card_number, "Card number, nine characters")->required();
  add_office_options(*command, arguments->office);
  command->footer("Example: ssc desk status A99010016 --centre city");
  command->callback([arguments, &exit_status] { exit_status = status(*arguments); });
}

}  // namespace ssc::tools
