// ssc keys compare: which keys of two sets are the same, without showing one.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>

#include "apdu/hex.h"
#include "keys/hierarchy/compare.h"
#include "keys/hierarchy/derive.h"
#include "tools/ssc/key_options.h"
#include "tools/ssc/keys_commands.h"

namespace ssc::tools {
namespace {

namespace hierarchy = keys::hierarchy;
using hierarchy::ComparedKey;
using hierarchy::Likeness;

struct CompareArguments {
  std::string first;
  std::string second;
  std::string at;
  std::string area;
  bool all = false;
  KeyRoomOptions room;
  KeyRoomOptions second_room;
};

std::string told(const ComparedKey& key) {
  const std::string first = apdu::to_hex(key.first);
  const std::string second = apdu::to_hex(key.second);
  const std::string name = fmt::format("{} version {}", key.name, key.version);
  switch (key.likeness) {
    case Likeness::kSame:
      return fmt::format("same        {}  KCV {}", name, first);
    case Likeness::kDifferent:
      return fmt::format("different   {}  KCV {} and {}", name, first, second);
    case Likeness::kDifferentLevel:
      return fmt::format("other level {}  KCV {} and {}", name, first, second);
    case Likeness::kOnlyInFirst:
      return fmt::format("missing     {}  KCV {}, not in the second", name, first);
    case Likeness::kOnlyInSecond:
      return fmt::format("missing     {}  KCV {}, not in the first", name, second);
  }
  return name;
}

// With --at, derived to that level and area first, so that a set from above meets one from below.
Carried<keys::KeySet> opened(const CompareArguments& arguments, const std::string& name,
                             const KeyRoomOptions& options) {
  const auto room = KeyRoom::open(options);
  if (!room) return tl::unexpected(room.error());
  auto set = room->load(name);
  if (!set || arguments.at.empty() || set->level == level_named(arguments.at)) return set;
  auto derived = hierarchy::derive_set(
      *set, {*level_named(arguments.at), arguments.area, set->name, set->four_digit_city});
  if (!derived) return tl::unexpected(refused(derived.error()));
  return *std::move(derived);
}

int compare(const CompareArguments& arguments) {
  if (arguments.at.empty() != arguments.area.empty())
    return complain("--at LEVEL and --area DIGITS go together");
  const auto first = opened(arguments, arguments.first, arguments.room);
  if (!first) return complain(first.error());
  const bool own = !arguments.second_room.passphrase_file.empty();
  const auto second = opened(arguments, arguments.second, own ? arguments.second_room : arguments.room);
  if (!second) return complain(second.error());
  const auto compared = hierarchy::compare_sets(*first, *second);
  const auto same =
      static_cast<std::size_t>(std::ranges::count(compared, Likeness::kSame, &ComparedKey::likeness));
  for (const ComparedKey& key : compared) {
    if (arguments.all || key.likeness != Likeness::kSame) std::cout << told(key) << '\n';
  }
  std::cout << fmt::format("{} keys the same, {} not\n", same, compared.size() - same);
  return same == compared.size() ? exit_code::ok : exit_code::failed;
}

}  // namespace

void add_keys_compare(CLI::App& parent, int& exit_status) {
  auto arguments = std::make_shared<CompareArguments>();
  CLI::App* command =
      parent.add_subcommand("compare", "Says which keys of two sets are the same, different or missing");
  command->add_option("A", arguments->first, "Key set file or built-in key set")->required();
  command->add_option("B", arguments->second, "The same")->required();
  command->add_option("--at", arguments->at, "Derives both to this level first: province or city")
      ->check(CLI::IsMember({"province", "city"}));
  command->add_option("--area", arguments->area, "Of that province or city, six digits");
  command->add_flag("--all", arguments->all, "Lists the keys that are the same, too");
  add_key_room_options(*command, arguments->room);
  command->add_option("--second-passphrase-file", arguments->second_room.passphrase_file,
                      "The second set's passphrase, when it is another");
  command->footer(
      "Example: ssc keys compare national.xml city.xml --at city --area 990100\n"
      "Exit: 0 all the same, 1 not.");
  command->callback([arguments, &exit_status] { exit_status = compare(*arguments); });
}

}  // namespace ssc::tools
