// Which carriers, key sets and machines a command line means.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "keys/ledger/holdings.h"
#include "tools/ssc/complaint.h"

namespace ssc::tools {

using Subjects = tl::expected<std::vector<keys::ledger::Subject>, Complaint>;

// "psam:P-1" is meant as it is; "P-1" is looked up in the ledger. Refused: an unknown type, a name that is
// none (keys::centre::is_name), or that no entry or several types have.
Subjects find_subjects(const keys::ledger::Holdings& holdings, const std::vector<std::string>& texts);

// The same among those of a slip; all of them when none is named.
Subjects named_among(const std::vector<keys::ledger::Subject>& all, const std::vector<std::string>& texts);

}  // namespace ssc::tools
