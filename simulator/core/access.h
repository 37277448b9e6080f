// Access rules as data, and the one function that evaluates them (V2.0 notice §5, Part 6 §6). Denied by
// default.
#pragma once

#include <vector>

#include "simulator/core/security_status.h"

namespace ssc::simulator::core {

struct AccessTerm {
  enum class Kind : std::uint8_t { kFree, kPin, kKey };
  Kind kind = Kind::kKey;
  KeyFamily family{};  // kKey
};

// Alternatives of terms that must all hold. No alternatives: never.
struct AccessRule {
  std::vector<std::vector<AccessTerm>> alternatives;

  static AccessRule free() { return {{{AccessTerm{AccessTerm::Kind::kFree, {}}}}}; }
};

// `pin_given`: what a term PIN asks for; CardView::pin_given() says it.
bool allows(const AccessRule& rule, const SecurityStatus& status, bool pin_given);

}  // namespace ssc::simulator::core
