// From a centre's set to that of a centre below it (Part 9 §7.3).
#pragma once

#include <string>

#include "keys/hierarchy/ruled.h"

namespace ssc::keys::hierarchy {

struct Descent {
  Level to = Level::kProvince;   // kProvince or kCity
  std::string area;              // six digits; a province's end in 0000
  std::string name;              // of the new set
  bool four_digit_city = false;  // the city factor keeps four digits (reference: conflict 17)
};

// Every key that the lower centre gets, derived by the unified factors, with the levels left in its usage
// byte. A set without a level (the lab's) also gives its PSAM's own keys, as they are. Refused: a set that is
// not above that level; an area outside the set's; a key of another province or city.
Ruled<KeySet> derive_set(const KeySet& from, const Descent& descent);

// What came down from above taken into the lower centre's set, whose own keys stay: new keys and versions are
// added. Refused: another cipher, level or area; a key that is there with another value or level.
Ruled<KeySet> take_in(KeySet into, const KeySet& derived);

}  // namespace ssc::keys::hierarchy
