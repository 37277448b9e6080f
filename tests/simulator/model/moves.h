// What a random terminal may do next. A move becomes an APDU only when it is made, since MACs and
// authentication data depend on the random of the moment: so a list of moves can be shortened and stays
// meaningful.
#pragma once

#include <random>

#include "tests/simulator/model/pin_model.h"

namespace ssc::simulator::model {

enum class MoveKind : std::uint8_t {
  kReset,
  kSelect,
  kRead,
  kChallenge,
  kAskPin,
  kRightPin,
  kWrongPin,
  kMalformedPin,
  kChangePin,
  kChangePinWrongOld,
  kMalformedChange,
  kAuthenticate,
  kFailAuthentication,
  kUnblock,
  kReload,
  kBadMac,
  kBadReload,
  kMalformedUnblock,
  kUnknown,
};

struct Move {
  MoveKind kind{};
  std::uint32_t salt = 0;  // everything else about it
};

Move random_move(std::mt19937_64& random);

// The bytes of the move now; none is a reset.
Bytes apdu_of(const Move& move, const PinModel& model);

}  // namespace ssc::simulator::model
