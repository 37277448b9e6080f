// ssc card diff: what differs between two cards.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <memory>

#include "tools/ssc/card_commands.h"
#include "tools/ssc/card_picture.h"
#include "tools/ssc/passphrase.h"
#include "tools/ssc/subcommand.h"

namespace ssc::tools {
namespace {

struct DiffArguments {
  std::string a;
  std::string b;
  std::string passphrase_file;
  bool unmask = false;
};

// Where a card lies is not a difference.
bool compares(const PictureLine& line) { return !line.path.empty() && line.path != "state"; }

const PictureLine* find(const std::vector<PictureLine>& picture, const std::string& path) {
  const auto found = std::ranges::find(picture, path, &PictureLine::path);
  return found == picture.end() ? nullptr : &*found;
}

std::string describe(const PictureLine& a, const PictureLine& b, bool unmask) {
  const std::string note = b.note.empty() ? "" : "  " + b.note;
  if (a.shown(unmask) == b.shown(unmask))
    return fmt::format("{}: {}, not the same{}", a.path, a.shown(unmask), note);
  return fmt::format("{}: {} -> {}{}", a.path, a.shown(unmask), b.shown(unmask), note);
}

// Lines of what differs, in the order of the cards.
std::vector<std::string> differences(const LyingCard& a, const LyingCard& b, bool unmask) {
  const auto left = picture_of(a);
  const auto right = picture_of(b);
  std::vector<std::string> out;
  for (const PictureLine& line : left) {
    if (!compares(line)) continue;
    const PictureLine* other = find(right, line.path);
    if (other == nullptr)
      out.push_back(fmt::format("{}: {} -> not there", line.path, line.shown(unmask)));
    else if (other->value != line.value)
      out.push_back(describe(line, *other, unmask));
  }
  for (const PictureLine& line : right) {
    if (compares(line) && find(left, line.path) == nullptr)
      out.push_back(fmt::format("{}: not there -> {}", line.path, line.shown(unmask)));
  }
  return out;
}

const LyingCard* of_kind(const std::vector<LyingCard>& cards, simulator::profile::Kind kind) {
  const auto found =
      std::ranges::find_if(cards, [kind](const LyingCard& card) { return card.model.kind == kind; });
  return found == cards.end() ? nullptr : &*found;
}

int compare(const std::vector<LyingCard>& a, const std::vector<LyingCard>& b,
            const DiffArguments& arguments) {
  bool compared = false;
  std::size_t found = 0;
  for (const LyingCard& card : a) {
    const LyingCard* other = of_kind(b, card.model.kind);
    if (other == nullptr) continue;
    compared = true;
    for (const std::string& line : differences(card, *other, arguments.unmask)) {
      std::cout << (a.size() > 1 ? state_name(card.model.kind) + " " : "") << line << '\n';
      ++found;
    }
  }
  if (!compared)
    return complain(fmt::format("{} and {}: a card and a PSAM cannot be compared", arguments.a, arguments.b));
  return found == 0 ? exit_code::ok : exit_code::failed;
}

int diff(const DiffArguments& arguments) {
  const auto passphrase = Passphrase::read(arguments.passphrase_file);
  if (!passphrase) return complain(passphrase.error());
  const auto a = open_any(arguments.a, passphrase->access());
  if (!a) return complain(a.error().what, a.error().exit_status);
  const auto b = open_any(arguments.b, passphrase->access());
  if (!b) return complain(b.error().what, b.error().exit_status);
  return compare(*a, *b, arguments);
}

}  // namespace

void add_card_diff(CLI::App& card, int& exit_status) {
  auto arguments = std::make_shared<DiffArguments>();
  CLI::App* command =
      card.add_subcommand("diff", "Says what differs between two cards; exit 0: nothing, 1: something");
  command->add_option("A", arguments->a, "Card file, built-in card, or folder of ssc serve --state")
      ->required();
  command->add_option("B", arguments->b, "The same")->required();
  command->add_flag("--unmask", arguments->unmask, "Shows the PIN and personal data; never a key");
  add_passphrase_option(*command, arguments->passphrase_file);
  command->footer(
      "Example: ssc card diff sample-3.00 ~/cards/zhang\n         ssc card diff before after --unmask");
  command->callback([arguments, &exit_status] { exit_status = diff(*arguments); });
}

}  // namespace ssc::tools
