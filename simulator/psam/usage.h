// The usage byte of a PSAM key (Part 9 §6.3): levels of diversification ‖ type.
#pragma once

#include <cstddef>
#include <cstdint>

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

}  // namespace ssc::simulator::psam
