// An <xray> beside the inner state of a virtual card.
#pragma once

#include "conformance/engine/finding.h"
#include "conformance/engine/target.h"
#include "conformance/expression/evaluate.h"

namespace ssc::conformance {

// What is looked into.
struct Inside {
  const InnerState* state = nullptr;  // null: only APDUs can be seen
  const CardModel* model = nullptr;   // of the card in the slot; null: the slot has none
  unsigned writes_at_start = 0;       // commits when the case began
  unsigned writes_before_last = 0;    // before the last command
};

// The first demand that is not met. kUnseen: no APDU shows it here, or the card cannot tell. kError: the
// model has no such key.
Finding look(const XRay& xray, const Inside& inside, const Environment& environment);

}  // namespace ssc::conformance
