// The <carrier> of a card file: what a key carrier is born with (simulator/carrier/README.md §1-3).
#pragma once

#include <string>

#include "apdu/xml/document.h"
#include "keys/key_set.h"
#include "simulator/profile/model.h"

namespace ssc::simulator::profile {

// The places that sealed values of a carrier's file are bound to.
std::string own_key_context(std::string_view card_name, std::string_view key);
std::string route_context(std::string_view card_name, std::string_view element, std::string_view id,
                          std::string_view to, std::string_view area);

// Fills EF 0015 and EF 0017, the own keys, the routes, and from `set`, when there is one, the keys that it
// carries. Preconditions: the profile's files are in `model`; its cipher and area are set. Errors: no or two
// <carrier>, an area that is none, a value in clear outside the lab, one that does not open or has another
// check value, a record twice, a full key file.
apdu::Loaded<void> apply_carrier(const xml::Element& card, const keys::KeySet* set,
                                 const keys::storage::Access& access, CardModel& model);

// The <own-key>s of a PSAM's file: its ADF-MK and KID-01 to KID-03 in the DF that `df` names, in the place of
// a key set's. Errors: no such DF, a value in clear outside the lab, one that does not open.
apdu::Loaded<void> apply_own_keys(const xml::Element& card, const keys::storage::Access& access,
                                  CardModel& model);

}  // namespace ssc::simulator::profile
