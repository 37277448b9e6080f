// PIN CHANGE/UNBLOCK (Part 5 §6.8): what the issuer does for a holder after PUK, under STKSSSE.
#pragma once

#include "simulator/core/binding.h"

namespace ssc::simulator::card {

// P2 00: the counter goes back to its maximum; the PIN and its state stay.
apdu::Response unblock_pin(const core::CardView& view, core::Transaction& tx, const core::Request& request);
// P2 01: the enciphered new PIN replaces the old one; counter to the maximum, PIN state cleared. A plain
// length of zero (8-byte ciphers only) leaves the card without a PIN.
apdu::Response reload_pin(const core::CardView& view, core::Transaction& tx, const core::Request& request);

}  // namespace ssc::simulator::card
