// GET TRANSACTION PROOF (Part 5 §7.4, Part 7 §14): MAC ‖ TAC of a transaction that was completed; P2 01 or 31
// load, 02 or 32 purchase.
#pragma once

#include "simulator/core/binding.h"

namespace ssc::simulator::card {

apdu::Response get_transaction_proof(const core::CardView& view, core::Transaction& tx,
                                     const core::Request& request);

}  // namespace ssc::simulator::card
