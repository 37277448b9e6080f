// The key under which secrets lie on disk, and the sealing itself: AES-256-GCM. README.md has the format.
#pragma once

#include <array>
#include <string_view>

#include "keys/storage/scrypt.h"
#include "keys/storage/secret_bytes.h"
#include "keys/storage/storage_error.h"

namespace ssc::keys::storage {

using apdu::Bytes;
using apdu::ByteView;

inline constexpr std::size_t kStorageKeySize = 32;
inline constexpr std::size_t kNonceSize = 12;
inline constexpr std::size_t kTagSize = 16;
// How much longer a sealed value is than what it holds.
inline constexpr std::size_t kSealSize = kNonceSize + kTagSize;

// The price of one guess at a passphrase (scrypt.h).
inline constexpr unsigned kUsualCost = 17;

// Wipes itself; no printer. Get one from a StorageRecord (storage_record.h).
class StorageKey {
 public:
  // Precondition: kStorageKeySize octets.
  explicit StorageKey(ByteView bytes);
  StorageKey(const StorageKey&) = default;
  StorageKey& operator=(const StorageKey&) = default;
  ~StorageKey();

  // The fixed key of lab files: the ASCII text "ssc-lab-storage-key-everyone-has". It hides nothing.
  static StorageKey lab();
  // scrypt. Preconditions: a passphrase, a salt, kLeastCost <= cost <= kMostCost. Error
  // kFile: the memory it takes is not to be had.
  static Stored<StorageKey> from_passphrase(const SecretBytes& passphrase, ByteView salt, unsigned cost);

  ByteView reveal() const { return bytes_; }

 private:
  std::array<std::uint8_t, kStorageKeySize> bytes_{};
};

// nonce (random) ‖ cipher text ‖ tag. `context` says whose place the value lies in ("key-set/a/IRK/1"): only
// the same context opens it, so that a sealed value cannot be moved to another place. Never the same twice.
Bytes seal(const StorageKey& key, ByteView plain, std::string_view context);
// Error kDamaged: another key or context, or a changed octet; `what` names no place.
Stored<SecretBytes> open(const StorageKey& key, ByteView sealed, std::string_view context);

}  // namespace ssc::keys::storage
