// ssc keys make: the ministry's set, each key from the components of three or more custodians.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "keys/hierarchy/planned_keys.h"
#include "tools/ssc/key_options.h"
#include "tools/ssc/key_values.h"
#include "tools/ssc/keys_commands.h"
#include "tools/ssc/ledger_options.h"

namespace ssc::tools {
namespace {

namespace hierarchy = keys::hierarchy;

struct MakeArguments {
  std::string name;
  std::string out;
  PlanOptions plan;
  bool lab = false;
  KeyRoomOptions room;
  KeyValueOptions values;
  LedgerOptions ledger;
};

keys::KeySet empty_set(const MakeArguments& arguments) {
  keys::KeySet set;
  set.name = arguments.name;
  set.area = keys::kEveryArea;
  set.cipher = cipher_of(arguments.plan);
  set.structures = structures_of(arguments.plan);
  set.level = keys::Level::kNational;
  set.lab = arguments.lab;
  return set;
}

Carried<keys::KeySet> made(const MakeArguments& arguments, const KeyRoom& room) {
  keys::KeySet set = empty_set(arguments);
  auto keys =
      values_for(set, hierarchy::planned_keys(set, hierarchy::Maker::kMinistry, arguments.plan.groups),
                 arguments.values);
  if (!keys) return tl::unexpected(keys.error());
  set.keys = *std::move(keys);
  const auto storage = room.new_storage(arguments.lab);
  if (!storage) return tl::unexpected(storage.error());
  auto book = LedgerBook::open(arguments.ledger);
  if (!book) return tl::unexpected(book.error());
  if (auto entered = book->enter(keys::ledger::Kind::kCreate, {keys::ledger::SubjectType::kKeySet, set.name},
                                 set.keys, "the ministry's keys from components");
      !entered)
    return tl::unexpected(entered.error());
  if (auto created = room.create(arguments.out, set, *storage); !created)
    return tl::unexpected(created.error());
  return set;
}

int make(const MakeArguments& arguments) {
  const auto room = KeyRoom::open(arguments.room);
  if (!room) return complain(room.error());
  const auto set = made(arguments, *room);
  if (!set) return complain(set.error());
  print_check_values(set->keys);
  std::cout << fmt::format("{}: {} keys of the ministry\n", arguments.out, set->keys.size());
  return exit_code::ok;
}

}  // namespace

void add_keys_make(CLI::App& parent, int& exit_status) {
  auto arguments = std::make_shared<MakeArguments>();
  CLI::App* command = parent.add_subcommand(
      "make", "Makes the ministry's key set from components; shows check values, never a key");
  command->add_option("NAME", arguments->name, "The set's name, as the components have it")->required();
  command->add_option("-o,--output", arguments->out, "The file to make")->required();
  add_plan_options(*command, arguments->plan);
  command->add_flag("--lab", arguments->lab,
                    "Test keys, under the lab's storage key unless there is a passphrase");
  add_key_value_options(*command, arguments->values, false);
  add_key_room_options(*command, arguments->room);
  add_cost_option(*command, arguments->room);
  add_ledger_options(*command, arguments->ledger);
  command->footer(
      "Example: ssc keys make national -o national.xml --cipher SM4 --component a.xml --component b.xml "
      "--component c.xml --lab");
  command->callback([arguments, &exit_status] { exit_status = make(*arguments); });
}

}  // namespace ssc::tools
