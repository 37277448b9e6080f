// APPLICATION BLOCK (Part 5 §6.1, Part 7 §13.2): the current application is blocked for good; after LK, with
// the MAC of its STK.
#pragma once

#include "simulator/core/binding.h"

namespace ssc::simulator::card {

apdu::Response application_block(const core::CardView& view, core::Transaction& tx,
                                 const core::Request& request);

}  // namespace ssc::simulator::card
