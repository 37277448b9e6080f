// The parts of report pages that are compiled in, from conformance/report/page.
#pragma once

#include <string_view>

namespace ssc::conformance {

// The text of "page.html" or another. The part must be there.
std::string_view page_part(std::string_view name);

}  // namespace ssc::conformance
