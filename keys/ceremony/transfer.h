// Keys from a carrier to what is below it: the whole walk over two channels (simulator/carrier/README.md §5).
#pragma once

#include "keys/ceremony/receiver.h"

namespace ssc::keys::ceremony {

struct Terms {
  std::vector<std::string> only;    // names of keys; empty: all that may go
  std::uint16_t exports = 10;       // granted to a carrier for each key
  std::uint16_t uses = kUncounted;  // the same for each route; never more than the sender has left
  // Which key group a PSAM gets: its records have none (Part 9 §9.5), its group file says what they are.
  // Purchase keys, whose id is their version, go all.
  unsigned group = 1;
  bool replaces = false;  // what is there already gets the new value
};

struct Moved {
  std::string name;  // "UK3DF01"
  std::uint8_t version = 1;
  CheckValue check{};   // of the key as it arrived
  std::string refusal;  // empty: it is there; else why not, in a few words
};

// Keys that may not go to this receiver are passed over unless `only` names them, or nothing may go. Stops at
// the first error of a card; what was moved before stands. Error also: no route to this kind of receiver in
// this area.
Done<std::vector<Moved>> transfer(Sender& sender, Receiver& receiver, const Terms& terms);

}  // namespace ssc::keys::ceremony
