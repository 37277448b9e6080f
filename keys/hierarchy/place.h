// A key that is about to join a set: where it stands, and whether it may.
#pragma once

#include <optional>
#include <string>

#include "keys/hierarchy/ruled.h"

namespace ssc::keys::hierarchy {

// What a centre says of a key. Of the standard's keys the names table knows the rest.
struct KeyWish {
  std::string name;  // of the standard, or of an added file (extended_key.h)
  std::uint8_t version = 1;
  std::optional<Level> owner;         // needed for a key of an added file
  std::optional<std::uint8_t> id;     // on the card; needed for a key of an added file
  std::optional<std::uint8_t> usage;  // type of use in a PSAM, b5-b1 of the usage byte
  std::optional<std::uint8_t> psam_id;
};

// The key without its value. Refused: a name that is neither; an owner that is not the set's centre; an id
// outside the owner's range; a name and version, an id on the card or an id in the PSAM that another key of
// the set has.
Ruled<NamedKey> place_key(const KeySet& set, const KeyWish& wish);

}  // namespace ssc::keys::hierarchy
