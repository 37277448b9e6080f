// What a centre is: centre.xml in its folder, and the introduction by which others know it.
#pragma once

#include <string>
#include <string_view>

#include "apdu/input_error.h"
#include "keys/key_names.h"
#include "keys/ledger/ledger.h"
#include "keys/storage/storage_record.h"

namespace ssc::keys::centre {

struct Identity {
  std::string name;                // "Lab ministry": as its ledger calls it; at most 60 bytes
  Level level = Level::kNational;  // kNational is the ministry; kProvince, kCity
  std::string area;                // 000000 of the ministry, xx0000 of a province, another of a city
  friend bool operator==(const Identity&, const Identity&) = default;
};

struct CentreRecord {
  Identity identity;
  bool lab = false;  // test keys only, under the lab's storage key
  storage::StorageRecord storage;

  ledger::Owner owner() const { return {identity.name, identity.level == Level::kNational}; }
};

// A centre's public key, and whose it is.
struct Introduction {
  Identity identity;
  Sm2PublicKey key;
};

// "ministry", "province", "city", and back; nothing for any other word.
std::string_view level_word(Level level);
std::optional<Level> level_of(std::string_view word);

// Why it is none, in one line: a name that is empty, too long, not one line of UTF-8 or holds < > & ",
// an area that is not of the level.
std::optional<std::string> check_identity(const Identity& identity);

// Errors with file and line: as the schema says, as check_identity() says, a storage or public key that is
// none, a centre that is lab under a passphrase or the other way round.
apdu::Loaded<CentreRecord> load_centre_record(std::string_view path);
apdu::Loaded<Introduction> load_introduction(std::string_view path);

std::string to_xml(const CentreRecord& record);
std::string to_xml(const Introduction& introduction);

// "A1B2 C3D4 …": 16 groups, as people compare them.
std::string fingerprint_text(const Sm2PublicKey& key);

}  // namespace ssc::keys::centre
