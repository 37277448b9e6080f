// Text of a scenario file with {expressions} in it: "00 20 00 00 {lc} {pin.wrong}", "63C{pin.tries - 1}".
#pragma once

#include "conformance/expression/expression.h"

namespace ssc::conformance {

struct Template {
  struct Piece {
    std::string text;  // literal text; not used when `expression` is set
    bool is_expression = false;
    Expression expression;
  };
  std::string source;  // as written in the file
  std::vector<Piece> pieces;

  bool empty() const { return pieces.empty(); }
  // The whole text is one {expression}.
  const Expression* single() const;
};

// "{{" and "}}" are not needed: neither braces nor quotes occur in what a scenario says outside expressions.
tl::expected<Template, ExpressionError> parse_template(std::string_view text);

}  // namespace ssc::conformance
