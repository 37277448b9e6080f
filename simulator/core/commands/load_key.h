// 84 D4: a master key, a key or the PIN, enciphered and with MAC (Part 9 §7.1.2-7.1.3; personalisation.md
// §4).
#pragma once

#include "simulator/core/binding.h"

namespace ssc::simulator::core {

apdu::Response load_key(const CardView& view, Transaction& tx, const Request& request);

}  // namespace ssc::simulator::core
