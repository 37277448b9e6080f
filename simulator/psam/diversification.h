// Factors as a terminal sends them, last level first, turned into a card's key (Part 9 §7.3, table 27).
#pragma once

#include "keys/key.h"

namespace ssc::simulator::psam {

inline constexpr std::size_t kMaxLevels = 3;

// `factors`: L3 [‖ L2 [‖ L1]], 8 bytes each; none gives the root itself. Precondition: at most three whole
// factors.
keys::Key card_key(const keys::Key& root, keys::ByteView factors);

}  // namespace ssc::simulator::psam
