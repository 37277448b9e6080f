// CHANGE PIN (Part 5 §6.3): old ‖ FF ‖ new; either side may be empty. A wrong old PIN counts like VERIFY.
#pragma once

#include "simulator/core/binding.h"

namespace ssc::simulator::card {

apdu::Response change_pin(const core::CardView& view, core::Transaction& tx, const core::Request& request);

}  // namespace ssc::simulator::card
