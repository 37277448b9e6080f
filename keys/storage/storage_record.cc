#include "keys/storage/storage_record.h"

#include <fmt/format.h>

#include "keys/random.h"

namespace ssc::keys::storage {
namespace {

constexpr std::string_view kCheckContext = "storage check";
constexpr std::size_t kPassphraseSaltSize = 16;
constexpr std::size_t kMachineSaltSize = 32;

tl::unexpected<StorageError> no_access(std::string what) {
  return tl::unexpected(StorageError{StorageError::Kind::kNoAccess, std::move(what)});
}

Bytes random_octets(std::size_t size) {
  Bytes out(size);
  system_random()->fill(out);
  return out;
}

Stored<StorageKey> passphrase_key(const StorageRecord& record, const Access& access) {
  if (access.passphrase == nullptr)
    return no_access("it lies under a passphrase: give it with --passphrase-file FILE");
  return StorageKey::from_passphrase(*access.passphrase, record.salt, record.cost);
}

Stored<StorageKey> machine_key(const StorageRecord& record, const Access& access) {
  if (!access.machine)
    return no_access(fmt::format("it lies under a key of the encryption machine '{}', and none is at hand",
                                 record.machine));
  const auto made = access.machine(record.machine, record.salt);
  if (!made) return tl::unexpected(made.error());
  if (made->size() != kStorageKeySize)
    return no_access(
        fmt::format("the machine '{}' made {} bytes, not {}", record.machine, made->size(), kStorageKeySize));
  return StorageKey(made->reveal());
}

Stored<StorageKey> key_of(const StorageRecord& record, const Access& access) {
  switch (record.guard) {
    case Guard::kLab:
      return StorageKey::lab();
    case Guard::kPassphrase:
      return passphrase_key(record, access);
    case Guard::kMachine:
      return machine_key(record, access);
  }
  return no_access("it lies under a key of no known kind");
}

std::string wrong_key(const StorageRecord& record) {
  switch (record.guard) {
    case Guard::kLab:
      return "the check value is not the lab key's: the file was changed";
    case Guard::kPassphrase:
      return "the passphrase is wrong, or salt, cost or check value were changed";
    case Guard::kMachine:
      return fmt::format("the machine '{}' does not make the key again", record.machine);
  }
  return {};
}

Storage complete(StorageRecord record, StorageKey key) {
  record.check = seal(key, {}, kCheckContext);
  return {std::move(record), std::move(key)};
}

}  // namespace

Storage lab_storage() { return complete({}, StorageKey::lab()); }

Stored<Storage> new_passphrase_storage(const SecretBytes& passphrase, unsigned cost) {
  StorageRecord record{Guard::kPassphrase, random_octets(kPassphraseSaltSize), cost, {}, {}};
  const auto key = StorageKey::from_passphrase(passphrase, record.salt, cost);
  if (!key) return tl::unexpected(key.error());
  return complete(std::move(record), *key);
}

Stored<Storage> new_machine_storage(const std::string& machine, const Access& access) {
  StorageRecord record{Guard::kMachine, random_octets(kMachineSaltSize), 0, machine, {}};
  const auto key = machine_key(record, access);
  if (!key) return tl::unexpected(key.error());
  return complete(std::move(record), *key);
}

Stored<StorageKey> unlock(const StorageRecord& record, const Access& access) {
  auto key = key_of(record, access);
  if (key && !open(*key, record.check, kCheckContext)) return no_access(wrong_key(record));
  return key;
}

}  // namespace ssc::keys::storage
