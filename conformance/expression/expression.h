// Expressions of scenario files: a closed language, parsed once and read as a tree by whoever wants to check
// a file without running it. scenarios/README.md is its reference.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "conformance/expression/value.h"

namespace ssc::conformance {

enum class Operator : std::uint8_t {
  kOr,
  kAnd,
  kNot,
  kEq,
  kNe,
  kLt,
  kLe,
  kGt,
  kGe,
  kAdd,
  kSubtract,
  kMultiply,
  kNegate
};

struct Expression {
  enum class Kind : std::uint8_t { kLiteral, kVariable, kCall, kOperation };
  Kind kind = Kind::kLiteral;
  Value literal;                       // kLiteral: a number or a text
  std::string name;                    // kVariable, kCall
  Operator operation = Operator::kOr;  // kOperation
  std::vector<Expression> arguments;   // kCall, kOperation
  std::size_t position = 0;            // offset in the attribute's text
};

struct ExpressionError {
  std::size_t position = 0;  // offset in the text that was parsed
  std::string what;          // one line
};

// The whole text is one expression. The grammar, loosest first: or; and; not; eq ne lt le gt ge (also == != <
// <= > >=); + -; *; unary -; number, 0x number, 'text', name, name(…), (…).
tl::expected<Expression, ExpressionError> parse_expression(std::string_view text);

// Reads one expression that starts at `position` and leaves `position` at the first character behind it.
tl::expected<Expression, ExpressionError> parse_expression_at(std::string_view text, std::size_t& position);

}  // namespace ssc::conformance
