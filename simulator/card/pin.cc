#include "simulator/card/pin.h"

#include <algorithm>

namespace ssc::simulator::card {
namespace {

using core::ByteView;

constexpr std::uint8_t kSeparator = 0xFF;

bool is_digit(unsigned nibble) { return nibble <= 9; }

bool is_pin_or_nothing(ByteView bytes) { return bytes.empty() || is_pin(bytes); }

bool same(ByteView a, ByteView b) {
  if (a.size() != b.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) difference |= static_cast<unsigned>(a[i] ^ b[i]);
  return difference == 0;
}

}  // namespace

bool is_pin(ByteView bytes) {
  if (bytes.size() < kMinPinBytes || bytes.size() > kMaxPinBytes) return false;
  const std::uint8_t last = bytes.back();
  const bool odd = (last & 0x0F) == 0x0F;
  const auto digits = [](std::uint8_t byte) { return is_digit(byte >> 4) && is_digit(byte & 0x0F); };
  const bool body = std::ranges::all_of(bytes.first(bytes.size() - 1), digits);
  const bool long_enough = bytes.size() > kMinPinBytes || !odd;
  return body && long_enough && is_digit(last >> 4) && (odd || is_digit(last & 0x0F));
}

std::optional<PinPair> split_pins(ByteView data) {
  for (std::size_t i = 0; i < data.size(); ++i) {
    if (data[i] != kSeparator) continue;
    const PinPair pins{data.first(i), data.subspan(i + 1)};
    if (is_pin_or_nothing(pins.old_pin) && is_pin_or_nothing(pins.new_pin)) return pins;
  }
  return std::nullopt;
}

void restore_tries(const core::CardView& view, core::Transaction& tx) {
  tx.put(core::kPinTriesCell, ByteView(&view.image().pin_tries, 1));
}

apdu::StatusWord compare_pin(const core::CardView& view, core::Transaction& tx, ByteView presented) {
  const unsigned tries = view.pin().tries;
  if (!tx.spend_try(core::kPinTriesCell, tries)) return apdu::sw::memory_failure;
  if (same(view.pin().value, presented)) {
    restore_tries(view, tx);
    return apdu::sw::ok;
  }
  tx.session().security.set_pin_verified(false);
  return apdu::sw::tries_left(tries - 1);
}

}  // namespace ssc::simulator::card
