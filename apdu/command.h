// A command APDU, decoded once (ISO/IEC 7816-3 clause 12.1; Part 2 §9.4; Part 5 §5.1).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "apdu/bytes.h"

namespace ssc::apdu {

// The four bytes that every APDU begins with.
struct Header {
  std::uint8_t cla = 0;
  std::uint8_t ins = 0;
  std::uint8_t p1 = 0;
  std::uint8_t p2 = 0;

  friend constexpr bool operator==(const Header&, const Header&) = default;
};

// Nothing when there are fewer than four bytes. What follows the header may still be malformed.
constexpr std::optional<Header> header_of(ByteView apdu) noexcept {
  if (apdu.size() < 4) return std::nullopt;
  return Header{apdu[0], apdu[1], apdu[2], apdu[3]};
}

// Header, data and expected length. `data` views the bytes that were decoded.
struct Command {
  std::uint8_t cla = 0;
  std::uint8_t ins = 0;
  std::uint8_t p1 = 0;
  std::uint8_t p2 = 0;
  // Absent in cases 1 and 2; 0 only where a lone fifth byte 00 is read as Lc.
  std::optional<std::uint16_t> lc = std::nullopt;
  // *lc bytes.
  ByteView data = {};
  // Number of bytes wanted, 1..256 (00) or 1..65536 when extended; absent in cases 1 and 3.
  std::optional<std::uint32_t> le = std::nullopt;
  // Three-byte Lc or Le: decoded, but no card of this standard takes it.
  bool extended = false;

  constexpr Header header() const { return {cla, ins, p1, p2}; }

  // 1 to 4 (Part 2 §9.4).
  int iso_case() const { return 1 + (lc ? 2 : 0) + (le ? 1 : 0); }
};

// What a lone fifth byte means: Le for commands that answer data, Lc for VERIFY and SELECT, where 00 says "no
// data".
enum class LoneByte { kLe, kLc };

struct Malformed {
  std::string what;  // "3 bytes; a header has 4", "Lc 05 but 3 data bytes"
};

// Cases 1 to 4, short and extended (2S 3S 4S 2E 3E 4E). A lone fifth byte other than 00 under LoneByte::kLc
// is an Lc without its data: Malformed. Touches no heap when the bytes are an APDU.
tl::expected<Command, Malformed> decode_command(ByteView apdu, LoneByte lone = LoneByte::kLe);

// The bytes of a command: short form unless `extended` says otherwise or a length needs it. Lc is taken from
// the data; an Lc of 0 is written only when nothing follows it. encode(*decode_command(x)) is x again.
// Precondition: at most 65535 data bytes, Le of 1..65536.
Bytes encode(const Command& command);

}  // namespace ssc::apdu
