// Numbers of people and of cards, and their check characters.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "apdu/text/text_error.h"

namespace ssc::apdu {

// The 18th character of a citizen number: ISO 7064 MOD 11-2 over the 17 before (GB 11643). Nothing when those
// are not 17 digits.
std::optional<char> citizen_check_character(std::string_view body);

// 18 characters; a calendar date in 7 to 14; the right check character. Nothing when all holds. The area is
// not looked up.
std::optional<TextError> check_citizen_number(std::string_view number);

// The 9th character of a card number (V2.0 notice annex A, GB 11714). Nothing when the body is not a capital
// letter and 7 digits or capital letters.
std::optional<char> card_check_character(std::string_view body);

// 9 characters with the right check character. Nothing when all holds.
std::optional<TextError> check_card_number(std::string_view number);

// A real day of the Gregorian calendar, "YYYYMMDD", year 1 or later.
bool is_date(std::string_view yyyymmdd);

}  // namespace ssc::apdu
