// The holder's PIN as octets: cn, at least four digits, F only in the last low nibble (Part 5 §6.3.1).
#pragma once

#include <optional>

#include "simulator/core/card_view.h"
#include "simulator/core/transaction.h"

namespace ssc::simulator::card {

inline constexpr std::size_t kMinPinBytes = 2;
inline constexpr std::size_t kMaxPinBytes = 8;

// Whether the bytes can be a PIN.
bool is_pin(core::ByteView bytes);

struct PinPair {
  core::ByteView old_pin;
  core::ByteView new_pin;
};

// old ‖ FF ‖ new, split at the FF that leaves a PIN or nothing on each side; nothing when no FF does.
std::optional<PinPair> split_pins(core::ByteView data);

// Compares in constant time; costs a try first. 9000 with the counter at its maximum, 63Cx, or 6581 when the
// try could not be written. A wrong PIN clears the PIN state.
apdu::StatusWord compare_pin(const core::CardView& view, core::Transaction& tx, core::ByteView presented);

// Proposes the counter's maximum.
void restore_tries(const core::CardView& view, core::Transaction& tx);

}  // namespace ssc::simulator::card
