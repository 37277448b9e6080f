// Whether an answer is the one expected.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "apdu/status_word.h"
#include "conformance/expression/value.h"

namespace ssc::conformance {

// Alternatives with blanks between them, each of four digits, 'X' for any: "9000 63CX". Error: a pattern is
// none.
Evaluated<bool> matches_status(apdu::StatusWord status, std::string_view alternatives);

// Digits with 'X' for any and a closing '*' for any rest; blanks are passed over. Gives the offset of the
// first octet that differs (the shorter size when one ends too early), nothing when all agree. Error: no
// pattern.
Evaluated<std::optional<std::size_t>> find_difference(ByteView data, std::string_view pattern);

// Shell-like: '*' any characters, '?' one.
bool matches_glob(std::string_view text, std::string_view glob);

}  // namespace ssc::conformance
