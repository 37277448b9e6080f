// The PSAM's command set.
#pragma once

#include "simulator/core/binding.h"

namespace ssc::simulator::psam {

const core::CommandSet& commands();

}  // namespace ssc::simulator::psam
