// A key set: the named keys of one area and cipher, as a file (schema keys/sets/key-set.xsd, format in
// keys/README.md).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "apdu/input_error.h"
#include "keys/key_names.h"

namespace ssc::keys {

struct NamedKey {
  std::string name;         // as in the standard: "UK1DF01"; never an alias
  std::string application;  // "SSSE", "DF01".., "MF", "DF0x" (each ADF), "PSAM DDF", "PSAM DF01"
  Purpose purpose = Purpose::kUpdate;
  std::uint8_t id = 0;       // P2 of EXTERNAL AUTHENTICATION
  bool id_known = false;     // false: no text gives the id, or the key has none (DLK, DPK, DTK); `id` is 0
  std::uint8_t version = 1;  // key group, 1..3
  Level level = Level::kNational;
  std::uint8_t psam_usage =
      0;  // usage byte with the level bits of `level` (Part 9 §6.3); 0 = not held by a PSAM
  std::uint8_t psam_id = 0;  // id in the PSAM (Part 9 app. A); DPK: the version
  Key value;
};

struct KeySet {
  std::string name;
  std::string area;  // six digits
  Cipher cipher = Cipher::kDes;
  bool lab = false;              // marked lab="yes": clear test keys
  bool four_digit_city = false;  // the city factor keeps four digits (see city_factor)
  std::vector<NamedKey> keys;

  // By name or alias. Nothing when the set has no such key or version.
  const NamedKey* find(std::string_view key_name, unsigned version = 1) const;
};

// The card's own key: the named key diversified through what is left of province, city and card factor.
Key card_key(const KeySet& set, const NamedKey& key, ByteView historical_bytes);

// A path or a built-in name ("lab-990100-des"). Errors with file and line: unknown key name, odd hex, wrong
// length, two keys of one name and version, or of one id and version in one application, a clear value
// outside a lab set, SSF33 ("secret cipher, not available").
apdu::Loaded<KeySet> load_key_set(std::string_view path_or_name);
std::vector<std::string> built_in_key_sets();

}  // namespace ssc::keys
