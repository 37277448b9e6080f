// A key set: the named keys of one area and cipher, as a file (schema keys/sets/key-set.xsd, format in
// keys/README.md).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "apdu/input_error.h"
#include "keys/key_names.h"
#include "keys/storage/storage_record.h"

namespace ssc::keys {

struct NamedKey {
  std::string name;         // as in the standard: "UK1DF01"; never an alias
  std::string application;  // "SSSE", "DF01".., "MF", "DF0x" (each ADF), "PSAM DDF", "PSAM DF01"
  Purpose purpose = Purpose::kUpdate;
  std::optional<Level> owner;  // national, province, city; kCard: the PSAM's own; nothing: no text says, the
                               // card's issuer
  std::uint8_t id = 0;         // P2 of EXTERNAL AUTHENTICATION
  bool id_known = false;       // false: no text gives the id, or the key has none (DLK, DPK, DTK); `id` is 0
  std::uint8_t version = 1;    // key group, 1..3
  Level level = Level::kNational;
  std::uint8_t psam_usage =
      0;  // usage byte with the level bits of `level` (Part 9 §6.3); 0 = not held by a PSAM
  std::uint8_t psam_id = 0;  // id in the PSAM (Part 9 app. A); DPK: the version
  Key value;

  friend bool operator==(const NamedKey&, const NamedKey&) = default;
};

// The area of the ministry's sets, which serve every area.
inline constexpr std::string_view kEveryArea = "000000";

struct KeySet {
  std::string name;
  std::string area;  // six digits; kEveryArea: the ministry's
  Cipher cipher = Cipher::kDes;
  Structures structures;
  std::optional<Level> level;    // whose set it is; nothing: no centre's, as the built-in ones
  bool lab = false;              // marked lab="yes": test keys, which may stand in clear
  bool four_digit_city = false;  // the city factor keeps four digits (see city_factor)
  std::vector<NamedKey> keys;

  // By name or alias. Nothing when the set has no such key or version.
  const NamedKey* find(std::string_view key_name, unsigned version = 1) const;
};

// The card's own key: the named key diversified through what is left of province, city and card factor.
// `area`: six digits, the card's. Precondition: serves(set, key, area).
Key card_key(const KeySet& set, const NamedKey& key, std::string_view area, ByteView historical_bytes);
// A national root serves every area; a province's root that province; a city's root that city.
bool serves(const KeySet& set, const NamedKey& key, std::string_view area);

// A path or a built-in name ("lab-990100-des"). Errors with file and line: unknown key name, odd hex, wrong
// length, two keys of one name and version, or of one id and version in one application, an id outside its
// owner's range, a clear value outside a lab set, a value that does not open or has another check value,
// SSF33
// ("secret cipher, not available"). `access` opens a set whose values are sealed; the lab's need none.
apdu::Loaded<KeySet> load_key_set(std::string_view path_or_name, const storage::Access& access = {});
std::vector<std::string> built_in_key_sets();

// A set as its file says it, with what load_key_set would have stopped at.
struct InspectedKeySet {
  KeySet set;
  std::vector<CheckValue> check_values;  // of set.keys, in their order
  std::vector<apdu::InputError> faults;  // wrong check values, ids out of range; in the order of the file
  std::optional<storage::StorageRecord> storage;   // nothing: its values stand in clear
  std::optional<storage::StorageKey> storage_key;  // when the values were opened
};
// `access` nullptr: sealed values stay closed (keys of no bytes), and their check values are what the file
// states. Error: what cannot be read at all.
apdu::Loaded<InspectedKeySet> inspect_key_set(std::string_view path_or_name, const storage::Access* access);

}  // namespace ssc::keys
