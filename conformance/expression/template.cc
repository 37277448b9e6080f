#include "conformance/expression/template.h"

namespace ssc::conformance {

const Expression* Template::single() const {
  return pieces.size() == 1 && pieces.front().is_expression ? &pieces.front().expression : nullptr;
}

tl::expected<Template, ExpressionError> parse_template(std::string_view text) {
  Template result;
  result.source = std::string(text);
  std::size_t position = 0;
  while (position < text.size()) {
    const std::size_t brace = std::min(text.find_first_of("{}", position), text.size());
    if (brace > position)
      result.pieces.push_back({std::string(text.substr(position, brace - position)), false, {}});
    if (brace == text.size()) break;
    if (text[brace] == '}') return tl::make_unexpected(ExpressionError{brace, "'}' without its '{'"});
    position = brace + 1;
    auto expression = parse_expression_at(text, position);
    if (!expression) return tl::make_unexpected(expression.error());
    if (position >= text.size() || text[position] != '}')
      return tl::make_unexpected(ExpressionError{position, "'}' is missing"});
    ++position;
    result.pieces.push_back({{}, true, std::move(*expression)});
  }
  return result;
}

}  // namespace ssc::conformance
