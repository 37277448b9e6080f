// How a file says under which storage key its secrets lie: the <storage …/> element of sets, centres,
// carriers and machines, and the same words elsewhere (the `property` table of a card's state).
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "keys/storage/storage_key.h"

namespace ssc::keys::storage {

enum class Guard : std::uint8_t {
  kLab,         // the fixed lab key: everybody can open the file
  kPassphrase,  // scrypt of a passphrase
  kMachine,     // an encryption machine makes the key from the salt
};

struct StorageRecord {
  Guard guard = Guard::kLab;
  Bytes salt;           // 16 octets with a passphrase, 32 with a machine, else none
  unsigned cost = 0;    // with a passphrase: kLeastCost..kMostCost
  std::string machine;  // the machine's name
  Bytes check;          // nothing, sealed under the key: tells a wrong passphrase at once
};

// What opens storages. Each part is used only where a record asks for it.
struct Access {
  std::shared_ptr<const SecretBytes> passphrase;
  // Gives kStorageKeySize octets that only the machine of that name can make from the salt.
  std::function<Stored<SecretBytes>(const std::string& machine, ByteView salt)> machine;
};

struct Storage {
  StorageRecord record;
  StorageKey key;
};

// A new storage: the lab's, or one with a fresh salt.
Storage lab_storage();
Stored<Storage> new_passphrase_storage(const SecretBytes& passphrase, unsigned cost = kUsualCost);
Stored<Storage> new_machine_storage(const std::string& machine, const Access& access);

// Errors: kNoAccess when what the record asks for was not given or is the wrong one.
Stored<StorageKey> unlock(const StorageRecord& record, const Access& access = {});

}  // namespace ssc::keys::storage
