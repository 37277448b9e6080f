// Compressed numbers, format cn: two digits a byte, left-justified, filled up with F on the right (V2.0
// notice §7).
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "apdu/bytes.h"
#include "apdu/text/text_error.h"

namespace ssc::apdu {

// As many bytes as the digits need; an odd number of them leaves F in the last low nibble. Error: not a
// digit.
tl::expected<Bytes, TextError> encode_bcd(std::string_view digits);

// Exactly `size` bytes. Error: not a digit, or more digits than fit.
tl::expected<Bytes, TextError> encode_bcd(std::string_view digits, std::size_t size);

// The digits before the fill; all F is "". Error: a nibble A to E, or a digit after an F.
tl::expected<std::string, TextError> decode_bcd(ByteView bytes);

}  // namespace ssc::apdu
