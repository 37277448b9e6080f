// ssc card show: what a card is and holds, as it is now.
#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "tools/ssc/card_commands.h"
#include "tools/ssc/card_picture.h"
#include "tools/ssc/subcommand.h"

namespace ssc::tools {
namespace {

struct ShowArguments {
  std::string card;
  std::string state;
  bool unmask = false;
};

void print(const LyingCard& card, bool unmask) {
  for (const PictureLine& line : picture_of(card)) std::cout << line.text(unmask) << '\n';
}

int show(const ShowArguments& arguments) {
  if (arguments.state.empty() || arguments.card.empty()) {
    const std::string where = arguments.card.empty() ? arguments.state : arguments.card;
    const auto cards = open_any(where.empty() ? "sample-3.00" : where);
    if (!cards) return complain(cards.error().what, cards.error().exit_status);
    for (const LyingCard& card : *cards) print(card, arguments.unmask);
    return exit_code::ok;
  }
  const auto card = open_card(arguments.card, arguments.state);
  if (!card) return complain(card.error().what, card.error().exit_status);
  print(*card, arguments.unmask);
  return exit_code::ok;
}

}  // namespace

void add_card_show(CLI::App& card, int& exit_status) {
  auto arguments = std::make_shared<ShowArguments>();
  CLI::App* command =
      card.add_subcommand("show", "Shows a card: files, keys' check values, tries left, what is blocked");
  command->add_option("CARD", arguments->card, "Card file, built-in card, or folder of ssc serve --state");
  command->add_option("--state", arguments->state, "Folder with what was written to the card");
  command->add_flag("--unmask", arguments->unmask, "Shows the PIN and personal data; never a key");
  command->footer(
      "Example: ssc card show sample-3.00\n         ssc card show mycard.xml --state ~/cards/zhang");
  command->callback([arguments, &exit_status] { exit_status = show(*arguments); });
}

}  // namespace ssc::tools
