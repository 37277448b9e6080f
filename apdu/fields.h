// The data fields of the commands whose layout the standard fixes, for people who read a trace.
#pragma once

#include <cstdint>
#include <span>

#include "apdu/command_row.h"
#include "apdu/language.h"

namespace ssc::apdu {

enum class Direction : std::uint8_t { kCommand, kResponse };

struct Field {
  std::size_t size = 0;  // bytes; 0 takes what the other fields of the row leave (one a row)
  Phrase name = {};
};

// The fields in order; none where the standard fixes no layout. The last ones may be absent from a given
// APDU.
std::span<const Field> fields_of(CommandId id, Direction direction);

}  // namespace ssc::apdu
