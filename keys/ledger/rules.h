// The rules of custody, each a row with the article it follows (Measures on the Administration of Social
// Security Cards, 人社部发〔2011〕47号). Private to this folder; the table in words: README.md.
#pragma once

#include <optional>
#include <string>

#include "keys/ledger/holdings.h"
#include "keys/ledger/ledger.h"

namespace ssc::keys::ledger {

// The first rule that the entry breaks, as one line: "refused by article 24: a handover to a third party
// names nobody who supervises it (key-mother-card M-1); add --supervisor NAME". Nothing when it keeps all.
std::optional<std::string> broken_rule(const Entry& entry, const Holdings& holdings, const Owner& owner,
                                       Time now);

}  // namespace ssc::keys::ledger
