// INIT SAM FOR PURCHASE (Part 9 §9.9): makes MAC1 with the PSAM's own terminal number (EF 0016) and sequence
// (EF 0019), counts the sequence up and waits for MAC2. Answers sequence ‖ MAC1. Factors that do not fit the
// key 6700; without the two files, or with the sequence at its end, 6985. The algorithm byte is not looked
// at: a card numbers algorithms otherwise than a PSAM key record does.
#pragma once

#include "simulator/core/binding.h"

namespace ssc::simulator::psam {

apdu::Response init_sam_for_purchase(const core::CardView& view, core::Transaction& tx,
                                     const core::Request& request);

}  // namespace ssc::simulator::psam
