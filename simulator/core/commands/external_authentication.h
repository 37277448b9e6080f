// EXTERNAL AUTHENTICATION (Part 5 §6.4, Part 7 §6.6): the outside world proves a key; it costs a try until it
// is right.
#pragma once

#include "simulator/core/binding.h"

namespace ssc::simulator::core {

apdu::Response external_authentication(const CardView& view, Transaction& tx, const Request& request);

}  // namespace ssc::simulator::core
