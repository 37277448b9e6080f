// The medical insurance's year: begins on the starting day, and is named after the calendar year it begins in
// (Part 7 §12.6).
#pragma once

#include <cstdint>
#include <optional>

#include "keys/medical.h"

namespace ssc::simulator::card {

// Whether BCD mmdd is a day of a year.
bool is_day(std::uint16_t mmdd);

// The pay year (BCD yyyy) a transaction belongs to: `current` while n = yyyymmdd − (current × 10000 +
// starting day) < 10000, also for a date before it; else the year of the date, or the one before when the
// date lies before the starting day. Nothing when the date is no BCD.
std::optional<std::uint16_t> pay_year_of(const keys::DateTime& date, std::uint16_t current,
                                         std::uint16_t starting_day);

}  // namespace ssc::simulator::card
