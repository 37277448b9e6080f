// ssc keys add: keys that a centre makes itself: its share of the standard's, and those of files it added.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "keys/hierarchy/place.h"
#include "keys/hierarchy/planned_keys.h"
#include "tools/ssc/key_options.h"
#include "tools/ssc/key_values.h"
#include "tools/ssc/keys_commands.h"
#include "tools/ssc/ledger_options.h"

namespace ssc::tools {
namespace {

namespace hierarchy = keys::hierarchy;

struct AddArguments {
  std::string set;
  std::string all;  // whose keys of the standard: ministry, province, issuer
  std::string key;
  unsigned version = 1;
  std::string owner;
  std::string id;
  std::string usage;  // "8/42"
  KeyRoomOptions room;
  KeyValueOptions values;
  LedgerOptions ledger;
};

hierarchy::Maker maker_of(const std::string& word) {
  if (word == "ministry") return hierarchy::Maker::kMinistry;
  return word == "province" ? hierarchy::Maker::kProvince : hierarchy::Maker::kIssuer;
}

// "48/42": the type of use in a PSAM and the id there; the levels in the first are the set's own.
std::string is_usage(const std::string& text) {
  const std::size_t slash = text.find('/');
  const bool fits = slash != std::string::npos && is_byte(text.substr(0, slash)).empty() &&
                    is_byte(text.substr(slash + 1)).empty();
  return fits ? "" : text + " is no usage; write usage byte and PSAM id, as in 48/42";
}

hierarchy::KeyWish wish_of(const AddArguments& arguments) {
  hierarchy::KeyWish wish{arguments.key,
                          static_cast<std::uint8_t>(arguments.version),
                          level_named(arguments.owner),
                          byte_of(arguments.id),
                          std::nullopt,
                          std::nullopt};
  if (arguments.usage.empty()) return wish;
  const std::size_t slash = arguments.usage.find('/');
  wish.usage = byte_of(arguments.usage.substr(0, slash));
  wish.psam_id = byte_of(arguments.usage.substr(slash + 1));
  return wish;
}

Carried<std::vector<keys::NamedKey>> planned_one(const AddArguments& arguments, const keys::KeySet& set) {
  auto placed = hierarchy::place_key(set, wish_of(arguments));
  if (!placed) return tl::unexpected(refused(placed.error()));
  return std::vector{*std::move(placed)};
}

// Those of the standard's that the set does not have yet.
Carried<std::vector<keys::NamedKey>> planned_all(const AddArguments& arguments, const keys::KeySet& set) {
  auto planned = hierarchy::planned_keys(set, maker_of(arguments.all), hierarchy::groups_of(set));
  std::erase_if(planned,
                [&](const keys::NamedKey& key) { return set.find(key.name, key.version) != nullptr; });
  for (const keys::NamedKey& key : planned) {
    const hierarchy::KeyWish wish{key.name,     key.version,  std::nullopt,
                                  std::nullopt, std::nullopt, std::nullopt};
    if (const auto placed = hierarchy::place_key(set, wish); !placed)
      return tl::unexpected(refused(placed.error()));
  }
  if (planned.empty())
    return tl::unexpected(Complaint{
        fmt::format("{}: has every key of the {} already", arguments.set, arguments.all), exit_code::failed});
  return planned;
}

Carried<std::vector<keys::NamedKey>> added(const AddArguments& arguments, const KeyRoom& room) {
  auto opened = room.load_to_change(arguments.set);
  if (!opened) return tl::unexpected(opened.error());
  auto planned =
      arguments.key.empty() ? planned_all(arguments, opened->set) : planned_one(arguments, opened->set);
  if (!planned) return planned;
  auto keys = values_for(opened->set, *std::move(planned), arguments.values);
  if (!keys) return keys;
  auto book = LedgerBook::open(arguments.ledger);
  if (!book) return tl::unexpected(book.error());
  if (auto entered = book->enter(keys::ledger::Kind::kLoad,
                                 {keys::ledger::SubjectType::kKeySet, opened->set.name}, *keys, "added");
      !entered)
    return tl::unexpected(entered.error());
  opened->set.keys.insert(opened->set.keys.end(), keys->begin(), keys->end());
  if (auto replaced = room.replace(arguments.set, *opened); !replaced)
    return tl::unexpected(replaced.error());
  return keys;
}

int add(const AddArguments& arguments) {
  if (arguments.key.empty() == arguments.all.empty())
    return complain("say which keys: --key NAME, or --all province or issuer");
  const auto room = KeyRoom::open(arguments.room);
  if (!room) return complain(room.error());
  const auto keys = added(arguments, *room);
  if (!keys) return complain(keys.error());
  print_check_values(*keys);
  std::cout << fmt::format("{}: {} keys added\n", arguments.set, keys->size());
  return exit_code::ok;
}

}  // namespace

void add_keys_add(CLI::App& parent, int& exit_status) {
  auto arguments = std::make_shared<AddArguments>();
  CLI::App* command = parent.add_subcommand("add", "Adds keys that a centre makes itself to its set");
  command->add_option("SET", arguments->set, "Key set file of that centre")->required();
  command
      ->add_option("--all", arguments->all,
                   "Every key of the standard that the province, or the issuer of cards and PSAMs, makes")
      ->check(CLI::IsMember({"ministry", "province", "issuer"}));
  command->add_option("--key", arguments->key,
                      "One key: of the standard, or of an added file (UK1DF0A, RKSSSEEF0D)");
  command->add_option("--key-version", arguments->version, "Its group")
      ->check(CLI::Range(1, 3))
      ->capture_default_str();
  command->add_option("--owner", arguments->owner, "Who gives it out: national, province or city")
      ->check(CLI::IsMember({"national", "province", "city"}));
  command->add_option("--id", arguments->id, "P2 of EXTERNAL AUTHENTICATION, two hexadecimal digits")
      ->check(is_byte);
  command->add_option("--usage", arguments->usage, "Usage byte and id in a PSAM, as in 28/80")
      ->check(is_usage);
  add_key_value_options(*command, arguments->values, true);
  add_key_room_options(*command, arguments->room);
  add_ledger_options(*command, arguments->ledger);
  command->footer(
      "Example: ssc keys add province-99.xml --all province --generate\n"
      "         ssc keys add city.xml --key UK1DF0A --owner city --id 83 --usage 28/80 --generate");
  command->callback([arguments, &exit_status] { exit_status = add(*arguments); });
}

}  // namespace ssc::tools
