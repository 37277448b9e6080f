// What EXPORT KEY may send, and as what it arrives (README.md §4).
#pragma once

#include <tl/expected.hpp>

#include "simulator/carrier/holding.h"

namespace ssc::simulator::carrier {

struct Wish {
  core::EfIndex file{};
  core::KeyIndex key{};
  core::KeyIndex route{};  // the transmission key
  std::uint8_t usage = 0;  // as the command names the key here
  std::uint8_t usage_there = 0;
  std::uint8_t receivers = 0;  // granted to the receiver
  std::uint16_t exports = 0;
};

struct Delivery {
  Head head;        // as a carrier receives it
  keys::Key value;  // diversified for the receiver's level
};

// In the order of README.md §4: 6A80, 6985, 9405; nothing is counted.
tl::expected<Delivery, apdu::StatusWord> deliver(const core::CardView& view, const Wish& wish);

}  // namespace ssc::simulator::carrier
