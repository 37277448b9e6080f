// CREATE KEY and REPLACE KEY: a record enciphered under the loading key (README.md §4).
#pragma once

#include "simulator/core/binding.h"

namespace ssc::simulator::carrier {

apdu::Response create_key(const core::CardView& view, core::Transaction& tx, const core::Request& request);
apdu::Response replace_key(const core::CardView& view, core::Transaction& tx, const core::Request& request);

}  // namespace ssc::simulator::carrier
