// ssc keys component: what one custodian contributes to the keys of a set.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <iostream>

#include "apdu/hex.h"
#include "keys/hierarchy/combine.h"
#include "keys/hierarchy/planned_keys.h"
#include "keys/standard.h"
#include "keys/storage/owner_file.h"
#include "tools/ssc/key_options.h"
#include "tools/ssc/keys_commands.h"
#include "tools/ssc/secret_prompt.h"

namespace ssc::tools {
namespace {

namespace hierarchy = keys::hierarchy;
namespace storage = keys::storage;

struct ComponentArguments {
  std::string file;
  std::string set;
  std::string custodian;
  unsigned number = 0;
  unsigned of = hierarchy::kFewestComponents;
  PlanOptions plan;
  unsigned from_group = 1;
  std::string key;
  unsigned version = 1;
  bool enter = false;
  std::string component_file;
  std::string check_value;
  bool reveal = false;
  bool lab = false;
  KeyRoomOptions room;
};

// A set of that name as far as components care: what it is called, its cipher and structures.
keys::KeySet set_to_be(const ComponentArguments& arguments, const hierarchy::ComponentFile& file) {
  keys::KeySet set;
  set.name = file.set;
  set.area = keys::kEveryArea;
  set.cipher = file.cipher;
  set.structures = structures_of(arguments.plan);
  return set;
}

Carried<hierarchy::OpenedComponents> new_file(const ComponentArguments& arguments, const KeyRoom& room) {
  if (arguments.set.empty() || arguments.custodian.empty() || arguments.number == 0)
    return tl::unexpected(
        Complaint{arguments.file + ": is not there yet: say --set, --custodian and --number"});
  if (arguments.number > arguments.of)
    return tl::unexpected(Complaint{fmt::format("component {} of {}", arguments.number, arguments.of)});
  const auto storage = room.new_storage(arguments.lab);
  if (!storage) return tl::unexpected(storage.error());
  return hierarchy::OpenedComponents{
      {arguments.set, cipher_of(arguments.plan), arguments.custodian, arguments.number, arguments.of, {}},
      *storage};
}

// A file that is there is its custodian's, and stays so.
Carried<hierarchy::OpenedComponents> open_file(const ComponentArguments& arguments, const KeyRoom& room) {
  std::error_code ignored;
  if (!std::filesystem::exists(arguments.file, ignored)) return new_file(arguments, room);
  auto opened = hierarchy::load_components(arguments.file, room.access());
  if (!opened) return tl::unexpected(Complaint{opened.error().to_string()});
  const bool others = (!arguments.custodian.empty() && arguments.custodian != opened->file.custodian) ||
                      (!arguments.set.empty() && arguments.set != opened->file.set) ||
                      (arguments.number != 0 && arguments.number != opened->file.number);
  if (others)
    return tl::unexpected(
        Complaint{fmt::format("{}: holds component {} of set '{}', of {}", arguments.file,
                              opened->file.number, opened->file.set, opened->file.custodian)});
  return *std::move(opened);
}

Carried<std::vector<keys::NamedKey>> planned(const ComponentArguments& arguments, const keys::KeySet& set) {
  if (arguments.key.empty()) {
    auto all = hierarchy::planned_keys(set, hierarchy::Maker::kMinistry, arguments.plan.groups);
    std::erase_if(all, [&](const keys::NamedKey& key) { return key.version < arguments.from_group; });
    return all;
  }
  keys::NamedKey key;
  key.name = keys::canonical_key_name(arguments.key);
  key.version = static_cast<std::uint8_t>(arguments.version);
  if (!hierarchy::is_key_name(set, key.name))
    return tl::unexpected(Complaint{fmt::format("no key is called '{}' in these structures", arguments.key)});
  return std::vector{key};
}

// 16 or 8 bytes in hexadecimal, from the custodian's own medium or hands.
Carried<storage::SecretBytes> entered_text(const ComponentArguments& arguments,
                                           const hierarchy::ComponentFile& file) {
  if (arguments.component_file.empty())
    return ask_secret(fmt::format("Component {} of {} of key {} version {} (hexadecimal): ", file.number,
                                  file.of, arguments.key, arguments.version));
  constexpr std::size_t kMost = 256;
  auto text = storage::read_secret_file(arguments.component_file, kMost);
  if (!text) return tl::unexpected(complaint_of(text.error()));
  return *std::move(text);
}

Carried<std::vector<hierarchy::Component>> entered(const ComponentArguments& arguments,
                                                   const keys::KeySet& set, const keys::NamedKey& key,
                                                   const hierarchy::ComponentFile& file) {
  const auto text = entered_text(arguments, file);
  if (!text) return tl::unexpected(text.error());
  auto parsed = apdu::parse_hex(text->reveal_text());
  const storage::SecretBytes bytes(parsed ? *std::move(parsed) : apdu::Bytes());
  const std::size_t size = hierarchy::value_size(set, key);
  if (bytes.size() != size)
    return tl::unexpected(
        Complaint{fmt::format("the component of key '{}' is not {} hexadecimal digits", key.name, 2 * size)});
  const keys::Key value(set.cipher, bytes.reveal());
  const auto check = keys::check_value(value);
  if (!arguments.check_value.empty() && !apdu::equal(check, *apdu::parse_hex(arguments.check_value)))
    return tl::unexpected(Complaint{fmt::format("the component has check value {}, not {}: enter it again",
                                                apdu::to_hex(check), arguments.check_value),
                                    exit_code::failed});
  return std::vector{hierarchy::Component{key.name, key.version, value, check}};
}

Carried<std::vector<hierarchy::Component>> components(const ComponentArguments& arguments,
                                                      const hierarchy::ComponentFile& file) {
  const keys::KeySet set = set_to_be(arguments, file);
  const auto keys = planned(arguments, set);
  if (!keys) return tl::unexpected(keys.error());
  for (const keys::NamedKey& key : *keys) {
    if (file.find(key.name, key.version) != nullptr)
      return tl::unexpected(Complaint{fmt::format("{}: has a component of key '{}' version {} already",
                                                  arguments.file, key.name, key.version),
                                      exit_code::failed});
  }
  if (arguments.enter || !arguments.component_file.empty())
    return entered(arguments, set, keys->front(), file);
  const auto random = keys::system_random();
  return hierarchy::random_components(set, *keys, *random);
}

Carried<std::vector<hierarchy::Component>> contribute(const ComponentArguments& arguments) {
  const auto room = KeyRoom::open(arguments.room);
  if (!room) return tl::unexpected(room.error());
  auto opened = open_file(arguments, *room);
  if (!opened) return tl::unexpected(opened.error());
  auto made = components(arguments, opened->file);
  if (!made) return made;
  opened->file.components.insert(opened->file.components.end(), made->begin(), made->end());
  const auto written = hierarchy::write_components(arguments.file, opened->file, opened->storage);
  if (!written) return tl::unexpected(complaint_of(written.error()));
  return made;
}

bool one_key_only(const ComponentArguments& arguments) {
  return arguments.enter || arguments.reveal || !arguments.component_file.empty() ||
         !arguments.check_value.empty();
}

int run_component(const ComponentArguments& arguments) {
  if (one_key_only(arguments) && arguments.key.empty())
    return complain("--enter, --component-file, --kcv and --reveal are for one component: say --key NAME");
  if (arguments.reveal && !has_terminal())
    return complain("--reveal shows the component on the terminal, and there is none",
                    exit_code::not_carried_out);
  const auto made = contribute(arguments);
  if (!made) return complain(made.error());
  for (const hierarchy::Component& component : *made) {
    std::cout << fmt::format("{} version {}  KCV {} (of the component)\n", component.key, component.version,
                             apdu::to_hex(component.check_value));
  }
  if (arguments.reveal) {
    std::string line = apdu::to_hex(made->front().value.reveal(), ' ') + "\n";
    show_on_terminal(line);
    std::ranges::fill(line, '\0');
  }
  return exit_code::ok;
}

}  // namespace

void add_keys_component(CLI::App& parent, int& exit_status) {
  auto arguments = std::make_shared<ComponentArguments>();
  CLI::App* command = parent.add_subcommand(
      "component", "Makes or accepts one custodian's components of keys to be made; shows check values");
  command->add_option("FILE", arguments->file, "The custodian's file; more components join one that is there")
      ->required();
  command->add_option("--set", arguments->set, "Name of the set to be made");
  command->add_option("--custodian", arguments->custodian, "Who keeps the file");
  command->add_option("--number", arguments->number, "Which component: 1 to the number of custodians")
      ->check(CLI::Range(1U, hierarchy::kMostComponents));
  command->add_option("--of", arguments->of, "How many components each key has")
      ->check(CLI::Range(hierarchy::kFewestComponents, hierarchy::kMostComponents))
      ->capture_default_str();
  add_plan_options(*command, arguments->plan);
  command
      ->add_option("--from-group", arguments->from_group, "Leaves out the groups before: for ssc keys rekey")
      ->check(CLI::Range(1, 3))
      ->capture_default_str();
  command->add_option("--key", arguments->key, "Of this key alone; without it, of every key of the ministry");
  command->add_option("--key-version", arguments->version, "Its group")
      ->check(CLI::Range(1, 3))
      ->capture_default_str();
  command->add_flag("--enter", arguments->enter,
                    "Asks for the component, with echo off, in place of making one");
  command
      ->add_option("--component-file", arguments->component_file, "Reads it from this file, in hexadecimal")
      ->check(CLI::ExistingFile);
  command->add_option("--kcv", arguments->check_value, "The check value that what is entered must have")
      ->check(is_check_value);
  command->add_flag("--reveal", arguments->reveal,
                    "Shows a made component once, on the terminal, to its custodian");
  command->add_flag("--lab", arguments->lab,
                    "For test keys: the lab's storage key where there is no passphrase");
  add_key_room_options(*command, arguments->room);
  add_cost_option(*command, arguments->room);
  command->footer(
      "Example: ssc keys component a.xml --set national --cipher SM4 --custodian 'Zhang San' --number 1 "
      "--passphrase-file zhang.pass");
  command->callback([arguments, &exit_status] { exit_status = run_component(*arguments); });
}

}  // namespace ssc::tools
