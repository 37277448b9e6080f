// A record as a line of the file, and back. Private to this folder.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "keys/ledger/entry.h"

namespace ssc::keys::ledger {

// The longest line that is read, in bytes without its end.
inline constexpr std::size_t kLongestLine = 1 << 17;

// The record without `hash` and `signature`: one JSON object, fields in fixed order, empty ones left out, no
// white space. Precondition: the entry has passed check_form().
std::string canonical_text(const Record& record);
// SM3(previous ‖ canonical text).
Digest hash_of(const Record& record);
// The whole line, without its end: the canonical text with `hash` and `signature` as its last two fields.
std::string line_of(const Record& record);

// Takes only what line_of() writes, octet for octet. Error: why not, as the end of a sentence that begins
// with the line ("line 7: …").
tl::expected<Record, std::string> parse_line(std::string_view line);

}  // namespace ssc::keys::ledger
