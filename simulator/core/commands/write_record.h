// 80 D2: adds a record to the current EF, whatever its update right (personalisation.md §6).
#pragma once

#include "simulator/core/binding.h"

namespace ssc::simulator::core {

apdu::Response write_record(const CardView& view, Transaction& tx, const Request& request);

}  // namespace ssc::simulator::core
