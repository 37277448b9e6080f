// The interface through which anyone talks APDU to anything: a virtual card in process, a reader, a recorded
// trace.
#pragma once

#include <string>
#include <tl/expected.hpp>

#include "apdu/bytes.h"
#include "apdu/response.h"

namespace ssc::apdu {

struct ChannelError {
  enum class Kind {
    kNoCard,    // no card in the reader, or the card was taken out
    kNoReader,  // the reader, or the service behind it, is not there
    kRefused,   // this channel cannot carry what was asked (a one-byte APDU over vpcd)
    kTimeout,   // no answer in the time allowed
    kBroken,    // anything else: the wire failed or what came back is no answer
  };
  Kind kind;
  std::string what;  // one line for a person
};

// One card's contacts. Not thread-safe: one user at a time.
class Channel {
 public:
  virtual ~Channel() = default;

  // Powers the card (cold reset when it was off, power off and on again when it was on) and returns the ATR.
  virtual tl::expected<Bytes, ChannelError> power_on() = 0;
  // Warm reset: all volatile state of the card is gone. Returns the ATR.
  virtual tl::expected<Bytes, ChannelError> reset() = 0;
  virtual void power_off() = 0;
  // One exchange, the bytes as they are: no GET RESPONSE and no repetition after 6Cxx is added here.
  virtual tl::expected<Response, ChannelError> transmit(ByteView command) = 0;
};

}  // namespace ssc::apdu
