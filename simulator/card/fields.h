// Cuts a data field whose length has been checked into its items, in order.
#pragma once

#include <algorithm>
#include <array>

#include "apdu/bytes.h"

namespace ssc::simulator::card {

class Fields {
 public:
  explicit Fields(apdu::ByteView bytes) : rest_(bytes) {}

  // Precondition of all: as many bytes are left.
  apdu::ByteView take(std::size_t size) {
    const apdu::ByteView taken = rest_.first(size);
    rest_ = rest_.subspan(size);
    return taken;
  }
  std::uint8_t byte() { return take(1)[0]; }
  std::uint16_t u16() { return static_cast<std::uint16_t>(apdu::number(take(2))); }
  std::uint32_t u32() { return static_cast<std::uint32_t>(apdu::number(take(4))); }
  template <std::size_t Size>
  std::array<std::uint8_t, Size> array() {
    std::array<std::uint8_t, Size> out{};
    std::ranges::copy(take(Size), out.begin());
    return out;
  }

 private:
  apdu::ByteView rest_;
};

}  // namespace ssc::simulator::card
