// READ RECORD (Part 5 §6.10): one record, or all from P1 to the last or from the last down to P1.
#pragma once

#include "simulator/core/binding.h"

namespace ssc::simulator::core {

apdu::Response read_record(const CardView& view, Transaction& tx, const Request& request);

}  // namespace ssc::simulator::core
