// Keys that no centre may use, and keys that are the same.
#pragma once

#include <optional>
#include <string_view>

#include "keys/key.h"

namespace ssc::keys::hierarchy {

// Why the key is weak, or nothing. DES, parity apart: a half that is one of the four weak or twelve semi-weak
// keys; equal halves, which are single DES. Any cipher: all bytes equal.
std::optional<std::string_view> weakness_of(const Key& key);

// Whether two keys encipher alike: same cipher and size, and the same bytes but for the parity bits of DES.
// The time taken does not depend on the values.
bool same_key(const Key& a, const Key& b);

}  // namespace ssc::keys::hierarchy
