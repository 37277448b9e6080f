// Which keys a centre makes itself, by the names table (Part 9 app. B, keys/keys.tsv).
#pragma once

#include <vector>

#include "keys/key_set.h"

namespace ssc::keys::hierarchy {

// Whose keys are meant: those the ministry or a province gives out, or those of who issues cards and PSAMs
// (master keys, a PSAM's own, keys whose owner no text names).
enum class Maker : std::uint8_t { kMinistry, kProvince, kIssuer };

// The keys of one maker, versions 1 to `groups` as far as the standard foresees them, as they stand in `set`
// and without values: name, place, level, ids.
std::vector<NamedKey> planned_keys(const KeySet& set, Maker maker, unsigned groups);

// Whether a key of the set could be called so: by the standard, or as one of an added file.
bool is_key_name(const KeySet& set, std::string_view name);

// Bytes of the key's value under the set's cipher: 8 for the STK family under DES, else 16.
std::size_t value_size(const KeySet& set, const NamedKey& key);

// How many key groups the set has: its highest version.
unsigned groups_of(const KeySet& set);

}  // namespace ssc::keys::hierarchy
