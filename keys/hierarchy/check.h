// What is wrong with a key set beyond what its file says of itself.
#pragma once

#include <vector>

#include "keys/key_places.h"

namespace ssc::keys::hierarchy {

// In this order: keys of the standard that are missing for the set's structures and level; versions that are
// missing between or beside others; keys of an owner below the set's centre; keys at another level than they
// should have here; weak keys; keys that are equal. A set without a level should hold every key of its
// structures, at its owner's level. Precondition: every key has its value.
std::vector<Fault> check_set(const KeySet& set);

}  // namespace ssc::keys::hierarchy
