// What a reader sees of any card: contacts that can be powered, reset and spoken to.
#pragma once

#include "apdu/bytes.h"
#include "apdu/response.h"

namespace ssc::simulator::core {

class SmartCard {
 public:
  virtual ~SmartCard() = default;

  // The answer to reset, 2 to 33 bytes; the view stays valid until the next call of any member.
  virtual apdu::ByteView atr() const = 0;
  // Power comes, power goes, warm reset. Volatile state is lost with each; power_on when on acts as off and
  // on.
  virtual void power_on() = 0;
  virtual void reset() = 0;
  virtual void power_off() = 0;
  // Any bytes in, at least a status word out. A card without power answers 6F00.
  virtual apdu::Response transmit(apdu::ByteView command) noexcept = 0;
};

}  // namespace ssc::simulator::core
