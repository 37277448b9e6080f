// ssc card list: the cards there are.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "apdu/hex.h"
#include "simulator/profile/model.h"
#include "tools/ssc/card_commands.h"
#include "tools/ssc/subcommand.h"

namespace ssc::tools {
namespace {

using simulator::profile::CardModel;
using simulator::profile::Kind;

std::string_view kind_word(Kind kind) {
  constexpr std::string_view kWords[] = {"card", "psam", "carrier"};
  return kWords[static_cast<std::size_t>(kind)];
}

void print_row(const std::string& name, const CardModel& card) {
  std::cout << fmt::format("{:<31} {:<7} {:<8} {:<6} {:<7} {:<18} {}\n", name, kind_word(card.kind),
                           card.profile, keys::name(card.cipher), card.area, card.key_set,
                           apdu::to_hex(card.atr));
}

int list_cards() {
  std::cout << fmt::format("{:<31} {:<7} {:<8} {:<6} {:<7} {:<18} {}\n", "name", "kind", "profile", "cipher",
                           "area", "key set", "ATR");
  for (const std::string& name : simulator::profile::built_in_cards()) {
    const auto card = simulator::profile::load_card(name);
    if (!card) return complain(card.error().to_string());
    print_row(name, *card);
  }
  return exit_code::ok;
}

}  // namespace

void add_card_list(CLI::App& card, int& exit_status) {
  CLI::App* list = card.add_subcommand("list", "Names the built-in cards and PSAMs");
  list->footer("Example: ssc card list");
  list->callback([&exit_status] { exit_status = list_cards(); });
}

}  // namespace ssc::tools
