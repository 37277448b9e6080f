// An <expect> beside the answer it is about.
#pragma once

#include "apdu/status_word.h"
#include "conformance/engine/finding.h"
#include "conformance/expression/evaluate.h"

namespace ssc::conformance {

struct Answered {
  ByteView data;
  apdu::StatusWord status;
  bool hidden = false;  // the data are not shown in a difference
  bool unmask = false;  // nothing is hidden
};

// The first demand that is not met; kTolerated when only the status word is, as `tolerate` allows.
Finding judge(const Expect& expect, const Answered& answer, const Environment& environment);

}  // namespace ssc::conformance
