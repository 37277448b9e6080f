// DEBIT FOR PURCHASE (Part 5 §7.2, Part 7 §12.5-12.6): the PSAM's MAC1 opens it; amounts, year, sequence, log
// and proof change together; answers TAC ‖ MAC2.
#pragma once

#include "simulator/core/binding.h"

namespace ssc::simulator::card {

apdu::Response debit_for_purchase(const core::CardView& view, core::Transaction& tx,
                                  const core::Request& request);

}  // namespace ssc::simulator::card
