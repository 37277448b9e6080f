// Before a key of someone else's card is tried: is the key set this card's? A key's counter cannot be asked,
// and a wrong set would spend it.
#pragma once

#include "conformance/engine/session.h"

namespace ssc::conformance {

// Powers the card and compares its answer to INTERNAL AUTHENTICATION (Part 5 §6.7), which spends no try, with
// what the key set computes for this ATR. Error, one line: why the set is not known to fit.
tl::expected<void, std::string> prove_keys(Session& session, Subject subject, std::vector<Exchange>& log);

}  // namespace ssc::conformance
