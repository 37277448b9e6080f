// P1 P2 in words.
#pragma once

#include <string>

#include "apdu/catalogue.h"
#include "apdu/language.h"

namespace ssc::apdu {

// "record 3, SFI 05", "key 83 of the current DF", "按名称"; empty where P1 P2 are fixed. Precondition: the
// row takes P1 P2.
std::string describe_parameters(const CommandRow& row, std::uint8_t p1, std::uint8_t p2, Language language);

}  // namespace ssc::apdu
