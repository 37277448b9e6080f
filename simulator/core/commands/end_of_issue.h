// 80 E6: the card is in use from now on (personalisation.md §7).
#pragma once

#include "simulator/core/binding.h"

namespace ssc::simulator::core {

apdu::Response end_of_issue(const CardView& view, Transaction& tx, const Request& request);

}  // namespace ssc::simulator::core
