// Chinese text as cards store it (V2.0 notice §7): GBK, or GB 18030, which holds every character of Unicode.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "apdu/bytes.h"
#include "apdu/text/text_error.h"

namespace ssc::apdu {

enum class Charset { kGbk, kGb18030 };

// Error: the first character that the set does not hold ("'𠮷' (U+20BB7) is not in GBK"), or bytes that are
// no UTF-8.
tl::expected<Bytes, TextError> encode_text(std::string_view utf8, Charset charset);

// UTF-8. Error: the first byte that begins no character of the set.
tl::expected<std::string, TextError> decode_text(ByteView bytes, Charset charset);

// "GBK", "GB18030".
std::string_view name_of(Charset charset);

}  // namespace ssc::apdu
