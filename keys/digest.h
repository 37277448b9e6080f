// SM3 (GB/T 32905), for digests of files and records.
#pragma once

#include <array>
#include <string_view>

#include "apdu/bytes.h"

namespace ssc::keys {

using Digest = std::array<std::uint8_t, 32>;

Digest sm3(apdu::ByteView message);
Digest sm3(std::string_view text);

}  // namespace ssc::keys
