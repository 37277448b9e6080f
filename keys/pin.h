// A PIN as commands and security modules carry it (Part 5 §6.14, §6.8; Part 4 §8.3).
#pragma once

#include <optional>
#include <string_view>

#include "keys/key.h"

namespace ssc::keys {

// A PIN as a person types it: at most 16 digits, none for no PIN. Wipes itself, compares in constant time,
// has no printer.
class Pin {
 public:
  Pin() = default;
  // Nothing when a character is no digit or there are too many.
  static std::optional<Pin> of(std::string_view digits);

  bool empty() const { return digits_.size() == 0; }
  std::size_t size() const { return digits_.size(); }
  // The digits themselves, for the card, a letter and rules about PINs; valid as long as this PIN.
  std::string_view reveal() const;

  friend bool operator==(const Pin&, const Pin&) = default;

 private:
  Secret digits_;
};

// Packed BCD, the low half of the last byte F when the number of digits is odd: "123456" is 12 34 56; "" is
// no PIN. At most 16 digits. Nothing when a character is no digit or there are too many.
std::optional<InplaceBytes<8>> pin_bytes(std::string_view digits);

// LD ‖ PIN ‖ 80 00… filled to one block, in clear: what a security module enciphers for PIN CHANGE/UNBLOCK.
// Precondition: at most 6 bytes with an 8-byte block, 8 otherwise.
InplaceBytes<16> pin_block(Cipher cipher, ByteView pin);

}  // namespace ssc::keys
