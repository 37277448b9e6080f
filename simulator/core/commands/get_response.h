// GET RESPONSE (Part 5 §6.6): the data that a raw 61xx announced. Le 00 or too long answers 6Cxx and they
// stay; without any, 6F00.
#pragma once

#include "simulator/core/binding.h"

namespace ssc::simulator::core {

apdu::Response get_response(const CardView& view, Transaction& tx, const Request& request);

}  // namespace ssc::simulator::core
