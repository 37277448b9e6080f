// Finds, without running anything, names that would mean nothing when a scenario runs.
#pragma once

#include <optional>
#include <set>

#include "apdu/input_error.h"
#include "conformance/script/model.h"

namespace ssc::conformance {

// Walks the steps in order; `bound` holds the names that have a value before them, and after them those that
// have one then. The first error found:
// an unknown variable, fact or function, a call with a missing or unknown parameter, a let of an unknown
// fact. Precondition: every Call has its target.
std::optional<apdu::InputError> check_names(const std::vector<Step>& steps, std::set<std::string>& bound);
// The same for a routine's own body; also that it binds what it returns.
std::optional<apdu::InputError> check_names(const Routine& routine);
// An `applies` expression: facts and functions only.
std::optional<apdu::InputError> check_facts_only(const Expression& expression, const Where& at);

}  // namespace ssc::conformance
