// What P1 and P2 of the READ and UPDATE commands point at (Part 5 tables 29, 32, 41, 44).
#pragma once

#include "simulator/core/ids.h"

namespace ssc::simulator::core {

struct BinaryAddress {
  Sfi sfi{};                 // 0: the current EF
  std::uint16_t offset = 0;  // bytes from the start of the file
};

// P1 = 100sssss: SFI, P2 the offset; else P1 P2 is a 15-bit offset into the current EF.
constexpr BinaryAddress binary_address(std::uint8_t p1, std::uint8_t p2) {
  if ((p1 & 0x80) != 0) return {Sfi{static_cast<std::uint8_t>(p1 & 0x1F)}, p2};
  return {Sfi{0}, static_cast<std::uint16_t>(p1 << 8 | p2)};
}

enum class RecordMode : std::uint8_t {
  kFirst = 0,  // first record with identifier P1
  kLast = 1,
  kNext = 2,
  kPrevious = 3,
  kNumber = 4,  // record number P1; 00 the current record
  kNumberToLast = 5,
  kLastToNumber = 6,
};

struct RecordAddress {
  Sfi sfi{};  // 0: the current EF
  RecordMode mode = RecordMode::kNumber;
  std::uint8_t p1 = 0;  // number, or identifier (00: any record in order)
};

constexpr RecordAddress record_address(std::uint8_t p1, std::uint8_t p2) {
  return {Sfi{static_cast<std::uint8_t>(p2 >> 3)}, static_cast<RecordMode>(p2 & 0x07), p1};
}

}  // namespace ssc::simulator::core
