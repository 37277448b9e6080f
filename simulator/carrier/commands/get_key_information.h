// GET KEY INFORMATION (README.md §4).
#pragma once

#include "simulator/core/binding.h"

namespace ssc::simulator::carrier {

apdu::Response get_key_information(const core::CardView& view, core::Transaction& tx,
                                   const core::Request& request);

}  // namespace ssc::simulator::carrier
