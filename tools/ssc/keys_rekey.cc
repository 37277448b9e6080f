// ssc keys rekey: the next key group, so that cards to come have other keys and those in the field still
// work.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "keys/hierarchy/rekey.h"
#include "tools/ssc/key_values.h"
#include "tools/ssc/keys_commands.h"
#include "tools/ssc/ledger_options.h"

namespace ssc::tools {
namespace {

struct RekeyArguments {
  std::string set;
  KeyRoomOptions room;
  KeyValueOptions values;
  LedgerOptions ledger;
};

Carried<std::vector<keys::NamedKey>> rekeyed(const RekeyArguments& arguments, const KeyRoom& room) {
  auto opened = room.load_to_change(arguments.set);
  if (!opened) return tl::unexpected(opened.error());
  auto planned = keys::hierarchy::next_group(opened->set);
  if (!planned) return tl::unexpected(refused(planned.error()));
  auto keys = values_for(opened->set, *std::move(planned), arguments.values);
  if (!keys) return keys;
  auto book = LedgerBook::open(arguments.ledger);
  if (!book) return tl::unexpected(book.error());
  if (auto entered =
          book->enter(keys::ledger::Kind::kLoad, {keys::ledger::SubjectType::kKeySet, opened->set.name},
                      *keys, "the next key group");
      !entered)
    return tl::unexpected(entered.error());
  opened->set.keys.insert(opened->set.keys.end(), keys->begin(), keys->end());
  if (auto replaced = room.replace(arguments.set, *opened); !replaced)
    return tl::unexpected(replaced.error());
  return keys;
}

int rekey(const RekeyArguments& arguments) {
  const auto room = KeyRoom::open(arguments.room);
  if (!room) return complain(room.error());
  const auto keys = rekeyed(arguments, *room);
  if (!keys) return complain(keys.error());
  print_check_values(*keys);
  std::cout << fmt::format("{}: {} keys of the next group; those before stay\n", arguments.set, keys->size());
  return exit_code::ok;
}

}  // namespace

void add_keys_rekey(CLI::App& parent, int& exit_status) {
  auto arguments = std::make_shared<RekeyArguments>();
  CLI::App* command = parent.add_subcommand(
      "rekey", "Adds the next version of a centre's own keys; there are three groups at most");
  command->add_option("SET", arguments->set, "Key set file of that centre")->required();
  add_key_value_options(*command, arguments->values, true);
  add_key_room_options(*command, arguments->room);
  add_ledger_options(*command, arguments->ledger);
  command->footer(
      "Example: ssc keys rekey national.xml --component a2.xml --component b2.xml --component c2.xml\n"
      "The new group goes down with ssc keys derive --update.");
  command->callback([arguments, &exit_status] { exit_status = rekey(*arguments); });
}

}  // namespace ssc::tools
