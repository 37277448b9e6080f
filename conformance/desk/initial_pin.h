// What a policy's rules make of a holder's data.
#pragma once

#include "conformance/desk/policy.h"

namespace ssc::conformance::desk {

// YYYYMMDD; empty when neither the holder's data nor an 18-character number has a calendar date.
std::string birth_date_of(const Holder& holder);

// Six digits of an identity number, letters read as 0. Nothing when it is too short.
std::optional<keys::Pin> identity_digits(std::string_view number, LastCharacter last);

// As initial_pin() of policy.h, by one of the policy's rules.
tl::expected<keys::Pin, Refusal> initial_pin(const Policy& policy, const InitialPin& initial,
                                             const Holder& holder, keys::Random& random);

}  // namespace ssc::conformance::desk
