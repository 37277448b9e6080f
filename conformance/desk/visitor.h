// Who stands at the counter, on either side, checked before any card is asked.
#pragma once

#include "conformance/desk/policy.h"

namespace ssc::conformance::desk {

struct Operator {
  std::string who;
  std::string role;
};

struct Visitor {
  Holder holder;
  bool citizen = true;       // the number is a citizen's, with a check digit
  std::string agent_number;  // identity number of who comes for the holder; empty: the holder is here
};

// Refused: "no-operator"; "bad-identity-number", "bad-card-number" (-23); "agent-not-allowed".
Decided<void> check_people(const Policy& policy, const Operator& clerk, const Visitor& visitor);

// Refused: "bad-card-number".
Decided<void> check_card(const std::string& card_number);

// As on cards: x is X.
std::string normal_identity_number(std::string number);

}  // namespace ssc::conformance::desk
