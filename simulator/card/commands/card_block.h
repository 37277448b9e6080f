// CARD BLOCK (Part 5 §6.2, Part 7 §13.1): every command answers 6A81 from now on; after BK, with the MAC of
// STKSSSE.
#pragma once

#include "simulator/core/binding.h"

namespace ssc::simulator::card {

apdu::Response card_block(const core::CardView& view, core::Transaction& tx, const core::Request& request);

}  // namespace ssc::simulator::card
