// SELECT (Part 5 §6.11): by FID, as an EF of the current DF, or by name; answers the FCI of a DF, nothing for
// an EF.
#pragma once

#include "simulator/core/binding.h"

namespace ssc::simulator::core {

apdu::Response select(const CardView& view, Transaction& tx, const Request& request);

}  // namespace ssc::simulator::core
