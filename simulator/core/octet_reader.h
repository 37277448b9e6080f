// Takes numbers off the front of a byte string.
#pragma once

#include "simulator/core/ids.h"

namespace ssc::simulator::core {

// Reading past the end gives zeros and makes it no longer good.
class OctetReader {
 public:
  explicit OctetReader(ByteView bytes) : rest_(bytes) {}

  ByteView take(std::size_t size) {
    good_ = good_ && size <= rest_.size();
    if (!good_) return {};
    const ByteView taken = rest_.first(size);
    rest_ = rest_.subspan(size);
    return taken;
  }
  std::uint8_t byte() { return static_cast<std::uint8_t>(apdu::number(take(1))); }
  std::uint16_t word() { return static_cast<std::uint16_t>(apdu::number(take(2))); }

  std::size_t left() const { return rest_.size(); }
  bool good() const { return good_; }

 private:
  ByteView rest_;
  bool good_ = true;
};

}  // namespace ssc::simulator::core
