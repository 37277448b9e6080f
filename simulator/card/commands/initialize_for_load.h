// INITIALIZE FOR LOAD (Part 5 §7.5, Part 7 §11.2): begins a load and proves the card to the host by MAC1.
#pragma once

#include "simulator/core/binding.h"

namespace ssc::simulator::card {

apdu::Response initialize_for_load(const core::CardView& view, core::Transaction& tx,
                                   const core::Request& request);

}  // namespace ssc::simulator::card
