// ssc card show: what a card is and holds, as it is now.
#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "tools/ssc/card_commands.h"
#include "tools/ssc/card_picture.h"
#include "tools/ssc/passphrase.h"
#include "tools/ssc/subcommand.h"

namespace ssc::tools {
namespace {

struct CardShowArguments {
  std::string card;
  std::string state;
  std::string passphrase_file;
  bool unmask = false;
};

// A heading begins a paragraph.
void print(const LyingCard& card, bool unmask) {
  bool first = true;
  for (const PictureLine& line : picture_of(card)) {
    std::cout << (line.indent == 0 && !first ? "\n" : "") << line.text(unmask) << '\n';
    first = false;
  }
}

tl::expected<std::vector<LyingCard>, Complaint> open_named(const CardShowArguments& arguments) {
  const auto passphrase = Passphrase::read(arguments.passphrase_file);
  if (!passphrase) return tl::unexpected(passphrase.error());
  const Access access = passphrase->access();
  if (arguments.state.empty())
    return open_any(arguments.card.empty() ? "sample-3.00" : arguments.card, access);
  if (arguments.card.empty()) return open_folder(arguments.state, access);
  return open_card(arguments.card, arguments.state, access).map(only);
}

int show_card(const CardShowArguments& arguments) {
  const auto cards = open_named(arguments);
  if (!cards) return complain(cards.error().what, cards.error().exit_status);
  for (const LyingCard& card : *cards) print(card, arguments.unmask);
  return exit_code::ok;
}

}  // namespace

void add_card_show(CLI::App& card, int& exit_status) {
  auto arguments = std::make_shared<CardShowArguments>();
  CLI::App* command =
      card.add_subcommand("show", "Shows a card: files, keys' check values, tries left, what is blocked");
  command->add_option("CARD", arguments->card, "Card file, built-in card, or folder of ssc serve --state");
  command->add_option("--state", arguments->state, "Folder with what was written to the card");
  command->add_flag("--unmask", arguments->unmask, "Shows the PIN and personal data; never a key");
  add_passphrase_option(*command, arguments->passphrase_file);
  command->footer(
      "Example: ssc card show sample-3.00\n         ssc card show mycard.xml --state ~/cards/zhang");
  command->callback([arguments, &exit_status] { exit_status = show_card(*arguments); });
}

}  // namespace ssc::tools
