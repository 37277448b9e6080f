// Diversification factors of the three levels (Part 9 §7.3).
#pragma once

#include <string_view>

#include "keys/key.h"

namespace ssc::keys {

// Ministry to province: first two digits of the area ‖ "0000" ‖ 7368. Precondition of both: six ASCII digits.
Factor province_factor(std::string_view area);
// Province to city: six digits ‖ 7378. `four_digits` takes the first four and "00", as area codes 33xxxx do
// in one provincial specification (reference: conflict 17).
Factor city_factor(std::string_view area, bool four_digits = false);
// Whether an area's city factor keeps four digits unless somebody says otherwise.
constexpr bool four_digit_city(std::string_view area) { return area.starts_with("33"); }
// City to card: T6..TD, the last eight of the 13 historical bytes. Precondition: 13 bytes.
Factor card_factor(ByteView historical_bytes);

}  // namespace ssc::keys
