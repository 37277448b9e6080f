// The question a business system asks: may this card transact?
#pragma once

#include "conformance/desk/policy.h"
#include "simulator/store/card_register.h"

namespace ssc::conformance::desk {

using simulator::store::CardRegister;
using simulator::store::PinState;
using simulator::store::RegisteredCard;
using simulator::store::RegisterError;

enum class Business : std::uint8_t { kQuery, kTransaction };

struct Permission {
  bool ask_pin = true;     // false: the region does not ask for the initial PIN
  apdu::OwnedPhrase what;  // one sentence of each language
};

// Refused: the card is reported lost; its PIN is the initial one and the policy wants it changed first (-35).
Decided<Permission> may_transact(const RegisteredCard& card, const Policy& policy, Business business);

// A register's refusal in the words of the desk.
Refusal refusal_of(const RegisterError& error);
// "reported-lost".
Decided<void> not_lost(const RegisteredCard& card);
// "blacklisted".
Refusal blacklisted();

}  // namespace ssc::conformance::desk
