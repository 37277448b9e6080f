// 80 DA: ATR, historical bytes, settings, the FCI of the current DF (personalisation.md §5).
#pragma once

#include "simulator/core/binding.h"

namespace ssc::simulator::core {

apdu::Response put_data(const CardView& view, Transaction& tx, const Request& request);

}  // namespace ssc::simulator::core
