// What of an exchange is secret when nobody who knows the card has said so: by command, whole data fields.
#pragma once

#include <array>

#include "apdu/trace.h"

namespace ssc::apdu {

struct Masks {
  SensitiveRanges command;
  SensitiveRanges response;
};

// The data field of VERIFY, CHANGE PIN, PIN CHANGE/UNBLOCK, CREATE KEY, CHANGE KEY and UPDATE, and the answer
// of READ (the catalogue's `secret`), whatever the class. Of bytes that are no APDU, all after the header.
Masks mask_by_command(ByteView command, ByteView response);

// The masks of each event in turn: those the event brings, else by command. Remembers for each slot whether
// the answer that a GET RESPONSE fetches belongs to a READ.
class Masker {
 public:
  Masks masks(const TraceEvent& event);

 private:
  std::array<bool, 2> secret_waits_{};  // by Slot
};

}  // namespace ssc::apdu
