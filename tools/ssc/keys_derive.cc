// ssc keys derive: the set of a centre below, by the unified factors.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>

#include "keys/hierarchy/derive.h"
#include "tools/ssc/key_options.h"
#include "tools/ssc/keys_commands.h"
#include "tools/ssc/ledger_options.h"

namespace ssc::tools {
namespace {

namespace hierarchy = keys::hierarchy;

struct DeriveArguments {
  std::string from;
  std::string to;
  std::string area;
  std::string name;
  std::string out;
  std::string city_digits;
  bool update = false;
  KeyRoomOptions room;
  KeyRoomOptions out_room;
  LedgerOptions ledger;
};

hierarchy::Descent descent_of(const DeriveArguments& arguments) {
  const std::string digits =
      arguments.city_digits.empty() ? (arguments.area.starts_with("33") ? "4" : "6") : arguments.city_digits;
  return {*level_named(arguments.to), arguments.area, arguments.name, digits == "4"};
}

// The receiver's passphrase, or the source's.
Carried<KeyRoom> room_of_output(const DeriveArguments& arguments) {
  KeyRoomOptions options = arguments.out_room;
  if (options.passphrase_file.empty()) options.passphrase_file = arguments.room.passphrase_file;
  return KeyRoom::open(options);
}

// The set above was used, the one below came into being or was added to.
Carried<void> enter(const DeriveArguments& arguments, const keys::KeySet& from, const keys::KeySet& derived) {
  using keys::ledger::Kind;
  using keys::ledger::SubjectType;
  auto book = LedgerBook::open(arguments.ledger);
  if (!book) return tl::unexpected(book.error());
  const std::string purpose = fmt::format("derived for {} {}", arguments.to, arguments.area);
  if (auto used = book->enter(Kind::kUse, {SubjectType::kKeySet, from.name}, derived.keys, purpose); !used)
    return used;
  return book->enter(arguments.update ? Kind::kLoad : Kind::kCreate, {SubjectType::kKeySet, derived.name},
                     derived.keys, purpose);
}

Carried<keys::KeySet> derived_set(const DeriveArguments& arguments) {
  const auto room = KeyRoom::open(arguments.room);
  if (!room) return tl::unexpected(room.error());
  const auto from = room->load(arguments.from);
  if (!from) return tl::unexpected(from.error());
  auto derived = hierarchy::derive_set(*from, descent_of(arguments));
  if (!derived) return tl::unexpected(refused(derived.error()));
  if (auto entered = enter(arguments, *from, *derived); !entered) return tl::unexpected(entered.error());
  return *std::move(derived);
}

Carried<void> create(const DeriveArguments& arguments, const KeyRoom& room, const keys::KeySet& derived) {
  const auto storage = room.new_storage(derived.lab);
  if (!storage) return tl::unexpected(storage.error());
  return room.create(arguments.out, derived, *storage);
}

Carried<void> update(const DeriveArguments& arguments, const KeyRoom& room, const keys::KeySet& derived) {
  auto opened = room.load_to_change(arguments.out);
  if (!opened) return tl::unexpected(opened.error());
  auto taken = hierarchy::take_in(std::move(opened->set), derived);
  if (!taken) return tl::unexpected(refused(taken.error()));
  return room.replace(arguments.out, {*std::move(taken), std::move(opened->storage)});
}

int derive(const DeriveArguments& arguments) {
  const auto derived = derived_set(arguments);
  if (!derived) return complain(derived.error());
  const auto room = room_of_output(arguments);
  if (!room) return complain(room.error());
  const auto written =
      arguments.update ? update(arguments, *room, *derived) : create(arguments, *room, *derived);
  if (!written) return complain(written.error());
  print_check_values(derived->keys);
  std::cout << fmt::format("{}: {} keys for {} {}\n", arguments.out, derived->keys.size(), arguments.to,
                           arguments.area);
  return exit_code::ok;
}

}  // namespace

void add_keys_derive(CLI::App& parent, int& exit_status) {
  auto arguments = std::make_shared<DeriveArguments>();
  CLI::App* command = parent.add_subcommand("derive", "Derives the key set of a province or city");
  command->add_option("SET", arguments->from, "Key set of the centre above: a file or a built-in set")
      ->required();
  command->add_option("--to", arguments->to, "province or city")
      ->required()
      ->check(CLI::IsMember({"province", "city"}));
  command->add_option("--area", arguments->area, "Six digits; a province's end in 0000")->required();
  command->add_option("--name", arguments->name, "Name of the new set")->required();
  command->add_option("-o,--output", arguments->out, "The file to make, or with --update to change")
      ->required();
  command->add_flag("--update", arguments->update,
                    "Takes keys and versions that came anew into the file; its own keys stay");
  command
      ->add_option("--city-digits", arguments->city_digits,
                   "Digits of the area in the city factor: 6, but 4 in areas 33xxxx")
      ->check(CLI::IsMember({"4", "6"}));
  add_key_room_options(*command, arguments->room);
  command->add_option("--output-passphrase-file", arguments->out_room.passphrase_file,
                      "The passphrase of the new file, when it is not the source's");
  add_cost_option(*command, arguments->out_room);
  add_ledger_options(*command, arguments->ledger);
  command->footer(
      "Example: ssc keys derive national.xml --to province --area 990000 --name province-99 -o "
      "province-99.xml");
  command->callback([arguments, &exit_status] { exit_status = derive(*arguments); });
}

}  // namespace ssc::tools
