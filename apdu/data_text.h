// The data field of a command or response in lines for people: fields, TLV trees and text where the layout is
// known, plain octets where not.
#pragma once

#include <string>
#include <vector>

#include "apdu/catalogue.h"
#include "apdu/fields.h"
#include "apdu/language.h"
#include "apdu/masked_view.h"

namespace ssc::apdu {

// Lines without margin; what follows the octets begins in one column. `row` is the command's, or null when
// there is none; `cla` tells whether an UPDATE ends with a MAC.
std::vector<std::string> describe_data(const MaskedView& data, const CommandRow* row, std::uint8_t cla,
                                       Direction direction, Language language);

// The text that octets most likely are ("99010019900307006X", "张三"), trailing 00 left out; empty when they
// do not look like text.
std::string likely_text(ByteView bytes);

}  // namespace ssc::apdu
