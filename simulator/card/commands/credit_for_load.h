// CREDIT FOR LOAD (Part 5 §7.1, Part 7 §11.7-11.8): the host's MAC2 opens it; balance, sequence, log and
// proof change together; answers the TAC.
#pragma once

#include "simulator/core/binding.h"

namespace ssc::simulator::card {

apdu::Response credit_for_load(const core::CardView& view, core::Transaction& tx,
                               const core::Request& request);

}  // namespace ssc::simulator::card
