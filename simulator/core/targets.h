// Step 8 of the order of checks: the file or key a command works on.
#pragma once

#include "simulator/core/order_of_checks.h"

namespace ssc::simulator::core {

// Fills exchange.target as the binding says, or answers 6A82, 6986, 6981, 6A88 or 6985.
apdu::StatusWord find_target(Exchange& exchange);

}  // namespace ssc::simulator::core
