// UPDATE BINARY (Part 5 §6.12): writes the data at an offset; nothing is written beyond the end (6B00).
#pragma once

#include "simulator/core/binding.h"

namespace ssc::simulator::core {

apdu::Response update_binary(const CardView& view, Transaction& tx, const Request& request);

}  // namespace ssc::simulator::core
