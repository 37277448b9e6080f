// Why a text could not become bytes of a card, or the other way round.
#pragma once

#include <cstddef>
#include <string>

namespace ssc::apdu {

struct TextError {
  std::size_t position = 0;  // offset in the input of the first byte that is wrong
  std::string what;          // one line for a person
};

}  // namespace ssc::apdu
