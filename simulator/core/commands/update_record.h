// UPDATE RECORD (Part 5 §6.13): replaces a record; linear files take the next number or a new identifier as
// an addition, cyclic files add with P2 …011.
#pragma once

#include "simulator/core/binding.h"

namespace ssc::simulator::core {

apdu::Response update_record(const CardView& view, Transaction& tx, const Request& request);

}  // namespace ssc::simulator::core
