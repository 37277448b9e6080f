// Text as it stands in an XML file that we write.
#pragma once

#include <string>
#include <string_view>

namespace ssc::xml {

// For element text and attributes in double quotes: & < > " as entities; control characters that XML forbids
// as '?'.
std::string escape(std::string_view text);

}  // namespace ssc::xml
