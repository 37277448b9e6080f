// CREDIT SAM FOR PURCHASE (Part 9 §9.10): compares MAC2, once. Wrong 63CF (§9.10.1), or 9302 (table 31) where
// the card file says so; without a purchase begun 6901, without an application 6985.
#pragma once

#include "simulator/core/binding.h"

namespace ssc::simulator::psam {

apdu::Response credit_sam_for_purchase(const core::CardView& view, core::Transaction& tx,
                                       const core::Request& request);

}  // namespace ssc::simulator::psam
