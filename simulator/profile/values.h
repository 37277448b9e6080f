// Octets of data items: what an empty one holds, and how text and digits are laid into it.
#pragma once

#include <string>
#include <string_view>

#include "simulator/profile/model.h"

namespace ssc::simulator::profile {

// cn all F, an and b all 00; a B-TLV holds its inner items empty.
Bytes empty_value(const Item& item);
// tag ‖ length ‖ value.
Bytes record_of(const Item& item, apdu::ByteView value);
// All items of a cyclic file's record in a row, empty.
Bytes empty_row(const Ef& file);

enum class Notation : std::uint8_t { kHex, kText, kDigits };

// The value filled up to the item's length as its format says (V2.0 notice §7). The error is one clause: "20
// bytes, the item holds 18".
tl::expected<Bytes, std::string> item_value(const Item& item, Notation notation, std::string_view written);

// "SSSE/EF06" split and found; nothing when there is no such file.
Ef* find_file(CardModel& model, std::string_view path);

}  // namespace ssc::simulator::profile
