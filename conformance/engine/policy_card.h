// A card as a region issues it, by name: "sample-3.00:lanzhou" is sample-3.00 with PIN and tries by policy
// lanzhou.
#pragma once

#include "apdu/input_error.h"
#include "conformance/desk/policy.h"
#include "conformance/expression/subject.h"

namespace ssc::conformance {

struct CardName {
  std::string card;
  std::string policy;  // built-in; empty: the PIN is the card file's
};
CardName split_card_name(const std::string& name);

// The card with the initial PIN and the tries of the policy. A drawn PIN is always the same. Error: the
// card's holder has not the data the policy makes a PIN from.
apdu::Loaded<std::shared_ptr<const CardModel>> issued_under(const CardModel& card,
                                                            const desk::Policy& policy);

}  // namespace ssc::conformance
