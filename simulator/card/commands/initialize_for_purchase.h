// INITIALIZE FOR PURCHASE (Part 5 §7.6, Part 7 §12.2): begins a purchase; answers the amounts, the sequence
// and a random for the PSAM.
#pragma once

#include "simulator/core/binding.h"

namespace ssc::simulator::card {

apdu::Response initialize_for_purchase(const core::CardView& view, core::Transaction& tx,
                                       const core::Request& request);

}  // namespace ssc::simulator::card
