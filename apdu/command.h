// A command APDU, decoded once (ISO/IEC 7816-3 clause 12.1; Part 2 §9.4; Part 5 §5.1).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "apdu/bytes.h"

namespace ssc::apdu {

// Header, data and expected length. `data` views the bytes that were decoded.
struct Command {
  std::uint8_t cla = 0;
  std::uint8_t ins = 0;
  std::uint8_t p1 = 0;
  std::uint8_t p2 = 0;
  std::optional<std::uint16_t>
      lc;         // absent in cases 1 and 2; 0 only where a lone fifth byte 00 is read as Lc
  ByteView data;  // *lc bytes
  std::optional<std::uint32_t>
      le;  // number of bytes wanted, 1..256 (00) or 1..65536 when extended; absent in cases 1, 3
  bool extended = false;  // three-byte Lc or Le: decoded, but no card of this standard takes it

  // 1 to 4 (Part 2 §9.4).
  int iso_case() const { return 1 + (lc ? 2 : 0) + (le ? 1 : 0); }
};

// What a lone fifth byte means: Le for commands that answer data, Lc for VERIFY and SELECT, where 00 says "no
// data".
enum class LoneByte { kLe, kLc };

struct Malformed {
  std::string what;  // "3 bytes; a header has 4", "Lc 05 but 3 data bytes"
};

// Cases 1 to 4, short and extended. A lone fifth byte other than 00 under LoneByte::kLc is an Lc without its
// data: Malformed.
tl::expected<Command, Malformed> decode_command(ByteView apdu, LoneByte lone = LoneByte::kLe);

// The bytes of a command; short form when lengths allow it.
Bytes encode(const Command& command);

}  // namespace ssc::apdu
