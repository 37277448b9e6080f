// What the desk needs from whoever holds the issuer's keys: an encryption machine or a PSAM.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "conformance/desk/refusal.h"
#include "conformance/engine/session.h"
#include "keys/hsm/machine.h"

namespace ssc::conformance::desk {

// By which a card's own keys are derived.
struct CardPlace {
  keys::Cipher cipher = keys::Cipher::kDes;
  std::string area;  // six digits, of the identification code
  Bytes historical;  // 13 octets of the ATR
};

// Every member refuses with "no-key" when it holds no root for the card: it belongs to another region.
class CardKeys {
 public:
  virtual ~CardKeys() = default;

  // Before all others, for each card.
  virtual Decided<void> meet(const CardPlace& card) = 0;
  // Of the named key (Part 4 §9.3), as INTERNAL and EXTERNAL AUTHENTICATION compare it.
  virtual Decided<keys::AuthenticationData> authentication(std::string_view key, ByteView factor,
                                                           ByteView original) = 0;
  // Data field of 84 24 00 01: the PIN enciphered and the MAC, under STKSSSE (Part 5 §6.8).
  virtual Decided<Bytes> reload(ByteView challenge, ByteView pin) = 0;
  // Data field of 84 24 00 00: the MAC.
  virtual Decided<Bytes> unblock(ByteView challenge) = 0;
};

// The machine outlives them.
std::unique_ptr<CardKeys> machine_keys(keys::hsm::Machine& machine);
// Through the PSAM slot of a session, by DELIVERY SESSION KEY and CIPHER DATA; the level of each root is
// found by asking (Part 9 §8). Session and log outlive them.
std::unique_ptr<CardKeys> psam_keys(Session& session, std::vector<Exchange>& log);

}  // namespace ssc::conformance::desk
