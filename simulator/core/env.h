// Everything a card takes from outside. With a seeded random and a counting clock two runs are the same byte
// for byte.
#pragma once

#include <cstdint>

#include "apdu/trace.h"
#include "keys/random.h"
#include "simulator/core/store.h"

namespace ssc::simulator::core {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual std::uint64_t now_us() = 0;  // microseconds since the clock's start
};

// References to parts that outlive the card.
struct CardEnv {
  keys::Random& random;
  Clock& clock;
  Store& store;
  apdu::TraceSink* trace = nullptr;  // nothing is traced when null
  apdu::Slot slot = apdu::Slot::kCard;
};

}  // namespace ssc::simulator::core
