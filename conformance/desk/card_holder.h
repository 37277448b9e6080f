// Whose card it is, as its card file says.
#pragma once

#include "conformance/desk/policy.h"
#include "simulator/profile/model.h"

namespace ssc::conformance::desk {

// Identity number, date of birth and card number; what the file leaves empty is empty.
Holder holder_of(const simulator::profile::CardModel& card);

}  // namespace ssc::conformance::desk
