// The card on the desk: what a counter says to it, one member a step of the reset procedure (Part 7 §5, §9,
// §13.3).
#pragma once

#include <string>

#include "conformance/desk/card_keys.h"
#include "keys/pin.h"
#include "keys/random.h"

namespace ssc::conformance::desk {

// What any terminal may read.
struct CardIdentity {
  CardPlace place;
  std::string identification;  // tag 01: 32 hexadecimal digits
  std::string card_number;     // tag 07: nine characters
};

// Every refusal names the card's status word; those of a card or reader that is gone are `failed`.
class DeskCard {
 public:
  // All outlive it.
  DeskCard(Session& session, std::vector<Exchange>& log, keys::Random& random)
      : session_(session), log_(log), random_(random) {}

  // Powers the card, selects the SSSE, reads cipher, identification code and card number.
  Decided<CardIdentity> identify();
  // INTERNAL AUTHENTICATION: refused with -21 when the card does not hold the key these keys derive.
  Decided<void> prove_genuine(CardKeys& keys);
  // The identity number of EF06; through RKSSSE where the card asks for it (3.0).
  Decided<std::string> identity_number(CardKeys& keys);

  // EXTERNAL AUTHENTICATION with a key of the SSSE.
  Decided<void> authenticate(CardKeys& keys, std::string_view key);
  // PIN CHANGE/UNBLOCK; PUK was authenticated before.
  Decided<void> unblock(CardKeys& keys);
  Decided<void> reload(CardKeys& keys, const keys::Pin& pin);

  // Tries left, by VERIFY without a PIN; nothing when the card has no PIN.
  Decided<std::optional<unsigned>> tries();
  Decided<void> verify(const keys::Pin& pin);
  // Either side may be empty.
  Decided<void> change_pin(const keys::Pin& old, const keys::Pin& pin);

 private:
  Decided<Answer> send(const Bytes& header, ByteView data, std::optional<std::uint8_t> le = {},
                       bool secret = false);
  Decided<Bytes> wanted(const std::string& doing, const Decided<Answer>& answer);
  Decided<Bytes> select();
  Decided<Answer> read(std::uint8_t tag, std::uint8_t sfi);
  Decided<Bytes> item(std::uint8_t tag, std::uint8_t sfi);
  Decided<Bytes> challenge();
  Bytes drawn();

  Session& session_;
  std::vector<Exchange>& log_;
  keys::Random& random_;
};

}  // namespace ssc::conformance::desk
