// 80 E0: makes the MF, a DDF, an ADF, an EF or the medical account (personalisation.md §2).
#pragma once

#include "simulator/core/binding.h"

namespace ssc::simulator::core {

apdu::Response create_file(const CardView& view, Transaction& tx, const Request& request);

}  // namespace ssc::simulator::core
