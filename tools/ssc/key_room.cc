#include "tools/ssc/key_room.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "apdu/hex.h"
#include "keys/key_set_writer.h"
#include "keys/standard.h"

namespace ssc::tools {

namespace storage = keys::storage;

void add_key_room_options(CLI::App& command, KeyRoomOptions& options) {
  add_passphrase_option(command, options.passphrase_file);
}

void add_cost_option(CLI::App& command, KeyRoomOptions& options) {
  command
      .add_option("--cost", options.cost,
                  "What a guess at the new passphrase costs: 2^(cost+10) bytes of memory")
      ->check(CLI::Range(storage::kLeastCost, storage::kMostCost))
      ->capture_default_str();
}

Complaint refused(const keys::Fault& fault) {
  return {fault.mend.empty() ? fault.what : fault.what + "; " + fault.mend, exit_code::failed};
}

Complaint complaint_of(const storage::StorageError& error) {
  const bool file = error.kind == storage::StorageError::Kind::kFile;
  return {error.what, file ? exit_code::not_carried_out : exit_code::bad_input};
}

Carried<KeyRoom> KeyRoom::open(const KeyRoomOptions& options) {
  auto passphrase = Passphrase::read(options.passphrase_file);
  if (!passphrase) return tl::unexpected(passphrase.error());
  return KeyRoom(*std::move(passphrase), options.cost);
}

Carried<keys::KeySet> KeyRoom::load(const std::string& set) const {
  auto loaded = keys::load_key_set(set, access());
  if (!loaded) return tl::unexpected(Complaint{loaded.error().to_string()});
  return *std::move(loaded);
}

Carried<OpenedSet> KeyRoom::load_to_change(const std::string& set) const {
  const storage::Access mine = access();
  auto loaded = keys::inspect_key_set(set, &mine);
  if (!loaded) return tl::unexpected(Complaint{loaded.error().to_string()});
  if (!loaded->faults.empty()) return tl::unexpected(Complaint{loaded->faults.front().to_string()});
  if (!loaded->storage) return OpenedSet{std::move(loaded->set), storage::lab_storage()};
  return OpenedSet{std::move(loaded->set), {*std::move(loaded->storage), *std::move(loaded->storage_key)}};
}

Carried<storage::Storage> KeyRoom::new_storage(bool lab) const {
  if (passphrase_.get() == nullptr) {
    if (lab) return storage::lab_storage();
    return tl::unexpected(Complaint{
        "keys that are not the lab's lie under a passphrase: give --passphrase-file FILE, or --lab for "
        "test keys"});
  }
  auto made = storage::new_passphrase_storage(*passphrase_.get(), cost_);
  if (!made) return tl::unexpected(complaint_of(made.error()));
  return *std::move(made);
}

Carried<void> KeyRoom::create(const std::string& file, const keys::KeySet& set,
                              const storage::Storage& storage) const {
  const auto written = keys::create_key_set(file, set, storage);
  if (!written) return tl::unexpected(complaint_of(written.error()));
  return {};
}

Carried<void> KeyRoom::replace(const std::string& file, const OpenedSet& opened) const {
  const auto written = keys::write_key_set(file, opened.set, opened.storage);
  if (!written) return tl::unexpected(complaint_of(written.error()));
  return {};
}

void print_check_values(std::span<const keys::NamedKey> keys) {
  for (const keys::NamedKey& key : keys) {
    std::cout << fmt::format("{} version {}  KCV {}\n", key.name, key.version,
                             apdu::to_hex(keys::check_value(key.value)));
  }
}

}  // namespace ssc::tools
