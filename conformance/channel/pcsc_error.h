// PC/SC's error codes in this project's words.
#pragma once

#include <string_view>

#include "apdu/channel.h"

namespace ssc::conformance {

// What a PC/SC call's return code (not SCARD_S_SUCCESS) means for whoever uses the reader; one line that
// names the reader, or the service when `reader` is empty, and says how to mend it where that is known.
apdu::ChannelError pcsc_error(std::string_view reader, long code);

// For a reader that stays empty.
apdu::ChannelError no_card_error(std::string_view reader);

}  // namespace ssc::conformance
