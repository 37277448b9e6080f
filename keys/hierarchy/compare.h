// Two key sets beside each other, without a key being shown.
#pragma once

#include <string>
#include <vector>

#include "keys/key_set.h"

namespace ssc::keys::hierarchy {

enum class Likeness : std::uint8_t {
  kSame,
  kDifferent,       // also when the check values happen to be the same
  kDifferentLevel,  // derived to another level: nothing to compare
  kOnlyInFirst,
  kOnlyInSecond,
};

struct ComparedKey {
  std::string name;
  unsigned version = 1;
  Likeness likeness = Likeness::kSame;
  CheckValue first{};  // where the key is there
  CheckValue second{};
};

// Every key of the two, in the order of the first, then what only the second has. The values themselves are
// compared, parity bits of DES apart.
std::vector<ComparedKey> compare_sets(const KeySet& first, const KeySet& second);

}  // namespace ssc::keys::hierarchy
