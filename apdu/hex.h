// Hexadecimal text, the way people write APDUs.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "apdu/bytes.h"

namespace ssc::apdu {

// "00A40400": upper case, no blanks. With `separator` != 0, that character stands between the bytes.
std::string to_hex(ByteView bytes, char separator = 0);

struct HexError {
  std::size_t position;  // offset in the text of the first character that is wrong, or its size when a digit
                         // is missing
  std::string what;      // "odd number of digits", "'G' is no hexadecimal digit"
};

// Either case; white space between bytes is passed over. "" is zero bytes.
tl::expected<Bytes, HexError> parse_hex(std::string_view text);

}  // namespace ssc::apdu
