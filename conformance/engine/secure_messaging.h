// Secure messaging put on a command by the runner (Part 4 §8, Part 5 §5.4).
#pragma once

#include "conformance/expression/evaluate.h"
#include "keys/standard.h"

namespace ssc::conformance {

// CLA says secure messaging; the data, when `encrypt`, are enciphered under the session key; the MAC over
// header and data is appended, and Lc counts it. The command has Lc or no data, and no Le. Error: it is no
// command, its data would not fit, or the key is no session key.
Evaluated<Rendered> secured(const Rendered& plain, bool encrypt, const keys::Key& session);

}  // namespace ssc::conformance
