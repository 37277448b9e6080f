#include "simulator/core/access.h"

#include <algorithm>

namespace ssc::simulator::core {
namespace {

bool holds(const AccessTerm& term, const SecurityStatus& status, bool pin_given) {
  switch (term.kind) {
    case AccessTerm::Kind::kFree:
      return true;
    case AccessTerm::Kind::kPin:
      return pin_given;
    case AccessTerm::Kind::kKey:
      return status.has(term.family);
  }
  return false;
}

}  // namespace

bool allows(const AccessRule& rule, const SecurityStatus& status, bool pin_given) {
  return std::ranges::any_of(rule.alternatives, [&](const auto& terms) {
    return !terms.empty() &&
           std::ranges::all_of(terms, [&](const AccessTerm& term) { return holds(term, status, pin_given); });
  });
}

}  // namespace ssc::simulator::core
