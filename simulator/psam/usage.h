// The usage byte of a PSAM key (Part 9 §6.2-6.3): levels of diversification ‖ type.
#pragma once

#include "apdu/catalogue.h"

namespace ssc::simulator::psam {

enum class KeyType : std::uint8_t {
  kPurchase = 2,
  kMac = 6,
  kEncryption = 7,
  kMacAndEncryption = 8,
  kLoad = 9,
  kTac = 12,
};

// How many factors lead from the key to the card's own.
constexpr std::size_t levels_of(std::uint8_t usage) { return usage >> 5; }
constexpr std::uint8_t type_of(std::uint8_t usage) { return usage & 0x1F; }

// The id of a purchase key is its version (Part 9 §6.1, format 2).
constexpr bool is_purchase(std::uint8_t usage) {
  return type_of(usage) == static_cast<std::uint8_t>(KeyType::kPurchase);
}

// A usage that some command can ask for: table 27 has one to three levels for a purchase.
constexpr bool usable(std::uint8_t usage) {
  return apdu::key_usage_valid(usage) && !(is_purchase(usage) && levels_of(usage) == 0);
}

}  // namespace ssc::simulator::psam
