// DELIVERY SESSION KEY (Part 9 §9.7): diversifies a key and leaves a session key for CIPHER DATA. The levels
// in P1 and the number of factors must be the key's own; else 6A80.
#pragma once

#include "simulator/core/binding.h"

namespace ssc::simulator::psam {

apdu::Response delivery_session_key(const core::CardView& view, core::Transaction& tx,
                                    const core::Request& request);

}  // namespace ssc::simulator::psam
