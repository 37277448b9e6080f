// The place of a key's sealed value: what it is sealed with as its context. Private to this folder.
#pragma once

#include <string>

#include "keys/key_set.h"

namespace ssc::keys {

// Set, area, cipher and all that the file says of the key but its value: a sealed value that was moved, or
// whose key was given another level, owner, id or usage, does not open. README.md has the format.
std::string seal_context(const KeySet& set, const NamedKey& key, Cipher cipher);

}  // namespace ssc::keys
