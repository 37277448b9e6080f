// 80 E4: the card is blank again, with its transport key (Part 10 §5.1.1, §5.2.6; personalisation.md §3).
#pragma once

#include "simulator/core/binding.h"

namespace ssc::simulator::core {

apdu::Response delete_structure(const CardView& view, Transaction& tx, const Request& request);

}  // namespace ssc::simulator::core
