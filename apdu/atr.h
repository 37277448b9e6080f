// The answer to reset: taken apart, put together, and held against Part 2 §8 (t.16).
#pragma once

#include <array>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "apdu/bytes.h"

namespace ssc::apdu {

inline constexpr std::size_t kHistoricalSize = 13;  // T1..TD
inline constexpr std::size_t kCardFactorSize = 8;   // T6..TD

// TAi TBi TCi TDi; TDi is there exactly when another group, or a protocol, follows.
struct AtrInterfaceGroup {
  std::optional<std::uint8_t> ta = std::nullopt;
  std::optional<std::uint8_t> tb = std::nullopt;
  std::optional<std::uint8_t> tc = std::nullopt;
  std::optional<std::uint8_t> td = std::nullopt;
};

struct Atr {
  std::uint8_t ts = 0x3B;
  std::vector<AtrInterfaceGroup> groups;  // TA1.. first; at least one, possibly empty
  Bytes historical;                       // at most 15 bytes

  // Whether a protocol other than T=0 is announced, so that TCK follows (ISO/IEC 7816-3 8.2.5).
  bool has_tck() const;
  // T6..TD, which diversifies the card's own keys (Part 9 §7.3.3); nothing unless there are 13 historical
  // bytes.
  std::optional<std::array<std::uint8_t, kCardFactorSize>> card_factor() const;
};

struct AtrError {
  std::string what;  // "TCK is 00, must be 42", "ends before TB1"
};

// Any ATR of ISO/IEC 7816-3, also one that Part 2 does not allow.
tl::expected<Atr, AtrError> parse_atr(ByteView bytes);

// TS to the historical bytes, and TCK when has_tck(). Precondition: at most 15 historical bytes, and each
// group but the last has a TD that announces the next one's bytes.
Bytes encode(const Atr& atr);

// A card of the standard: TS 3B, TB1 00, TC1 00, T=0 by silence, no TCK: 3B 6D 00 00 ‖ historical. Error: not
// 13 bytes.
tl::expected<Bytes, AtrError> build_atr(ByteView historical);

// Where a well-formed ATR leaves Part 2 t.16, one line each; empty when nowhere.
std::vector<std::string> departures_from_standard(const Atr& atr);

}  // namespace ssc::apdu
