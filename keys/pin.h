// A PIN as commands and security modules carry it (Part 5 §6.14, §6.8; Part 4 §8.3).
#pragma once

#include <optional>
#include <string_view>

#include "keys/key.h"

namespace ssc::keys {

// Packed BCD, the low half of the last byte F when the number of digits is odd: "123456" is 12 34 56; "" is
// no PIN. At most 16 digits. Nothing when a character is no digit or there are too many.
std::optional<InplaceBytes<8>> pin_bytes(std::string_view digits);

// LD ‖ PIN ‖ 80 00… filled to one block, in clear: what a security module enciphers for PIN CHANGE/UNBLOCK.
// Precondition: at most 6 bytes with an 8-byte block, 8 otherwise.
InplaceBytes<16> pin_block(Cipher cipher, ByteView pin);

}  // namespace ssc::keys
