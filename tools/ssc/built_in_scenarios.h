// The scenario files of this project, compiled in.
#pragma once

#include "conformance/script/loader.h"

namespace ssc::tools {

// Named from the top of the project: "scenarios/pin/life-cycle.xml".
conformance::BuiltInFiles built_in_scenarios();

}  // namespace ssc::tools
