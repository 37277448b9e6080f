// CREDIT SAM FOR PURCHASE (Part 9 §9.10): compares MAC2, once. Wrong 63CF (§9.10.1; table 31 has 9302 for
// it); without a purchase begun 6901.
#pragma once

#include "simulator/core/binding.h"

namespace ssc::simulator::psam {

apdu::Response credit_sam_for_purchase(const core::CardView& view, core::Transaction& tx,
                                       const core::Request& request);

}  // namespace ssc::simulator::psam
