// What a step does, in a few words; octets stand with its exchanges.
#pragma once

#include <string>

#include "conformance/script/model.h"

namespace ssc::conformance {

std::string describe(const Step& step);

}  // namespace ssc::conformance
