// VERIFY (Part 5 §6.14, Part 7 §5.8): with Lc 00 it only asks for the tries left; else it costs a try until
// the PIN is right.
#pragma once

#include "simulator/core/binding.h"

namespace ssc::simulator::card {

apdu::Response verify(const core::CardView& view, core::Transaction& tx, const core::Request& request);

}  // namespace ssc::simulator::card
