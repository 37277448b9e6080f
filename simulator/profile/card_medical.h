// The element <medical> of a card file: the card makes offline transactions.
#pragma once

#include "apdu/xml/document.h"
#include "simulator/profile/model.h"

namespace ssc::simulator::profile {

// Errors: the profile has no DF04 with a log EF08.
apdu::Loaded<void> apply_medical(const xml::Element& element, CardModel& model);

}  // namespace ssc::simulator::profile
