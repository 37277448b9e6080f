// The command set of key carriers.
#pragma once

#include "simulator/core/binding.h"

namespace ssc::simulator::carrier {

const core::CommandSet& commands();

}  // namespace ssc::simulator::carrier
