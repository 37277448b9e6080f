// INTERNAL AUTHENTICATION (Part 5 §6.7): the card proves IRK over a session factor and original information.
#pragma once

#include "simulator/core/binding.h"

namespace ssc::simulator::card {

apdu::Response internal_authentication(const core::CardView& view, core::Transaction& tx,
                                       const core::Request& request);

}  // namespace ssc::simulator::card
