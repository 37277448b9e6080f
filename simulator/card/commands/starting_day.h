// UPDATE and GET STARTING DAY (Part 5 §7.7-7.8): the day (BCD mmdd) on which the pay year begins; writing
// needs DSK, reading nothing.
#pragma once

#include "simulator/core/binding.h"

namespace ssc::simulator::card {

apdu::Response update_starting_day(const core::CardView& view, core::Transaction& tx,
                                   const core::Request& request);
apdu::Response get_starting_day(const core::CardView& view, core::Transaction& tx,
                                const core::Request& request);

}  // namespace ssc::simulator::card
