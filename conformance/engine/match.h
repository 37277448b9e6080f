// Whether an answer is the one expected.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "apdu/status_word.h"
#include "conformance/expression/value.h"

namespace ssc::conformance {

// Alternatives with blanks between them, each of four digits, 'X' for any, or a range of two status words:
// "9000 63CX 6A80..6A8F". Error: a pattern is none.
Evaluated<bool> matches_status(apdu::StatusWord status, std::string_view alternatives);

// Digits with 'X' for any and a closing '*' for any rest; blanks are passed over. Gives the offset of the
// first octet that differs (the shorter size when one ends too early), nothing when all agree. Error: no
// pattern.
Evaluated<std::optional<std::size_t>> find_difference(ByteView data, std::string_view pattern);

// Whether all of the text matches a regular expression (ECMAScript). Precondition: a compiler takes it.
bool matches_regex(std::string_view text, const std::string& regex);

// Shell-like: '*' any characters, '?' one.
bool matches_glob(std::string_view text, std::string_view glob);

}  // namespace ssc::conformance
