// GET CHALLENGE (Part 5 §6.5): Le bytes of random, good once in the current application; a new one replaces
// the old.
#pragma once

#include "simulator/core/binding.h"

namespace ssc::simulator::core {

apdu::Response get_challenge(const CardView& view, Transaction& tx, const Request& request);

}  // namespace ssc::simulator::core
