// CREATE KEY (Part 9 §9.5): makes a new record of a key file. Cipher text that is no record of its length
// 6988; a field the record may not have, an id that is not the file owner's, or a key that is there already
// 6A80; no room 6A84. The key belongs to the group that the owner's information file names (EF 001A to 001C);
// one that is none of 1 to 3 6985.
#pragma once

#include "simulator/core/binding.h"

namespace ssc::simulator::psam {

apdu::Response create_key(const core::CardView& view, core::Transaction& tx, const core::Request& request);

}  // namespace ssc::simulator::psam
