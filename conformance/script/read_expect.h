// The elements that assert: <expect>, <check> and <xray>.
#pragma once

#include "conformance/script/read_steps.h"

namespace ssc::conformance {

using Action = decltype(Step::action);

// Each: the element as an action. Errors: text that is no expression, pattern, regular expression or
// comparison; an element that asks nothing.
xml::Loaded<Action> read_expect(const xml::Element& element);
xml::Loaded<Action> read_check(const xml::Element& element);
xml::Loaded<Action> read_xray(const xml::Element& element);

}  // namespace ssc::conformance
