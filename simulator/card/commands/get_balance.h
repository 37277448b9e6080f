// GET BALANCE (Part 5 §7.3): P2 01 the balance; P2 02 and 03 the pay year's self-paid and pooled totals, with
// the year.
#pragma once

#include "simulator/core/binding.h"

namespace ssc::simulator::card {

apdu::Response get_balance(const core::CardView& view, core::Transaction& tx, const core::Request& request);
apdu::Response get_year_totals(const core::CardView& view, core::Transaction& tx,
                               const core::Request& request);

}  // namespace ssc::simulator::card
