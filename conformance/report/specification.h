// The test specification, printed from the suites: what each case is for and what it does, before any card is
// met.
#pragma once

#include <iosfwd>
#include <string_view>
#include <vector>

#include "apdu/language.h"
#include "conformance/script/model.h"

namespace ssc::conformance {

// One self-contained HTML page: contents, a table from group and clause to case, the suites with their cases,
// tables and steps, the routines they call. Titles in the language where a file has them in it; steps are as
// written.
void write_specification(std::ostream& out, const std::vector<Suite>& suites, apdu::Language language,
                         std::string_view version);

}  // namespace ssc::conformance
