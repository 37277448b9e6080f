// MAKE PROOF (README.md §4): what EXTERNAL AUTHENTICATION at a receiver wants.
#pragma once

#include "simulator/core/binding.h"

namespace ssc::simulator::carrier {

apdu::Response make_proof(const core::CardView& view, core::Transaction& tx, const core::Request& request);

}  // namespace ssc::simulator::carrier
