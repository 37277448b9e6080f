// The virtual pair in this process: the only place of conformance, beside vpcd, that knows the simulator.
#pragma once

#include <memory>

#include "conformance/engine/target.h"

namespace ssc::conformance {

// Target "sim": each case gets a card or PSAM made anew from its model.
std::unique_ptr<Target> in_process_target();

}  // namespace ssc::conformance
