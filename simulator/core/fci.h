// The FCI a DF answers SELECT with, where nobody gave it another.
#pragma once

#include "simulator/core/image.h"

namespace ssc::simulator::core {

inline constexpr FileId kDirFile{0x0001};

// Part 5 tables 36 to 38: the name; for an environment also the SFI of its DIR file (0: none) and the cipher
// (tag 9F0C, 86).
Bytes standard_fci(const Df& df, Sfi dir);

}  // namespace ssc::simulator::core
