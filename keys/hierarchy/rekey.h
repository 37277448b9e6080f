// The next key group (Part 9 app. B: three of authentication and transaction keys, one of the others).
#pragma once

#include <vector>

#include "keys/hierarchy/ruled.h"

namespace ssc::keys::hierarchy {

// The next version of each of the centre's own keys that has groups, without values; of every such key when
// the set is no centre's. Keys that came down from above are not among them: theirs come down too. Refused:
// the set has all three, or none to roll over.
Ruled<std::vector<NamedKey>> next_group(const KeySet& set);

}  // namespace ssc::keys::hierarchy
