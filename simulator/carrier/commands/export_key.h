// EXPORT KEY (README.md §4): a record for one receiver, counted before it leaves.
#pragma once

#include "simulator/core/binding.h"

namespace ssc::simulator::carrier {

apdu::Response export_key(const core::CardView& view, core::Transaction& tx, const core::Request& request);

}  // namespace ssc::simulator::carrier
