// READ BINARY (Part 5 §6.9): up to 256 bytes from an offset; an SFI makes its file current.
#pragma once

#include "simulator/core/binding.h"

namespace ssc::simulator::core {

apdu::Response read_binary(const CardView& view, Transaction& tx, const Request& request);

}  // namespace ssc::simulator::core
