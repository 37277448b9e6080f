// A card file with what was written to the card since: what `ssc card` and `ssc serve --state` share.
#pragma once

#include <string>

#include "simulator/profile/model.h"

namespace ssc::tools {

// The name under which a folder keeps a card's or a PSAM's state: DIR/card.db, DIR/psam.db.
std::string state_name(simulator::profile::Kind kind);

// A card file as it can be found again from any folder: an absolute path, or a built-in name as it is.
std::string lasting_name(const std::string& path_or_name);

}  // namespace ssc::tools
