// Target "pcsc:NAME": someone else's card in a reader, taken as it is.
#pragma once

#include <memory>
#include <string_view>

#include "conformance/engine/target.h"

namespace ssc::conformance {

// Error: pcscd cannot be reached, or no one reader is meant by `reader` (choose_reader). The card may come
// later.
tl::expected<std::unique_ptr<Target>, apdu::ChannelError> pcsc_target(std::string_view reader);

}  // namespace ssc::conformance
