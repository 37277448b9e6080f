#include "conformance/desk/policy.h"

#include <algorithm>

namespace ssc::conformance::desk {

bool Policy::forbids(PinRule rule) const {
  const bool always = rule == PinRule::kLength || rule == PinRule::kNotInitial;
  return always || std::ranges::find(forbidden, rule) != forbidden.end();
}

}  // namespace ssc::conformance::desk
