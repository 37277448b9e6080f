#include "conformance/expression/expression.h"

#include <array>
#include <charconv>
#include <optional>

namespace ssc::conformance {
namespace {

using Parsed = tl::expected<Expression, ExpressionError>;

struct Spelling {
  std::string_view text;
  Operator operation;
};
// Longer spellings stand before their beginnings.
constexpr std::array<Spelling, 12> kComparisons = {{{"eq", Operator::kEq},
                                                    {"ne", Operator::kNe},
                                                    {"lt", Operator::kLt},
                                                    {"le", Operator::kLe},
                                                    {"gt", Operator::kGt},
                                                    {"ge", Operator::kGe},
                                                    {"==", Operator::kEq},
                                                    {"!=", Operator::kNe},
                                                    {"<=", Operator::kLe},
                                                    {">=", Operator::kGe},
                                                    {"<", Operator::kLt},
                                                    {">", Operator::kGt}}};
constexpr std::array<Spelling, 2> kSums = {{{"+", Operator::kAdd}, {"-", Operator::kSubtract}}};
constexpr std::array<Spelling, 1> kProducts = {{{"*", Operator::kMultiply}}};
constexpr std::array<Spelling, 1> kOrs = {{{"or", Operator::kOr}}};
constexpr std::array<Spelling, 1> kAnds = {{{"and", Operator::kAnd}}};
constexpr std::size_t kDeepest = 40;    // brackets, calls and signs inside each other
constexpr std::size_t kLongest = 4000;  // characters of one attribute; bounds what a tree can grow to

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name(char c) { return is_letter(c) || is_digit(c); }

class Parser {
 public:
  Parser(std::string_view text, std::size_t position) : text_(text), position_(position) {}

  std::size_t position() {
    skip_space();
    return position_;
  }

  Parsed disjunction() {
    return chain(kOrs, [this] { return conjunction(); });
  }

 private:
  Parsed conjunction() {
    return chain(kAnds, [this] { return negation(); });
  }

  Parsed negation() {
    const std::size_t start = position();
    if (!take("not")) return comparison();
    return unary(Operator::kNot, start, [this] { return negation(); });
  }

  Parsed comparison() {
    Parsed left = sum();
    if (!left) return left;
    const std::size_t start = position();
    const auto operation = take_one(kComparisons);
    return operation ? join(*operation, start, std::move(left), sum()) : left;
  }

  Parsed sum() {
    return chain(kSums, [this] { return product(); });
  }
  Parsed product() {
    return chain(kProducts, [this] { return sign(); });
  }

  Parsed sign() {
    const std::size_t start = position();
    if (!take("-")) return primary();
    return unary(Operator::kNegate, start, [this] { return sign(); });
  }

  Parsed primary() {
    const std::size_t start = position();
    if (start >= text_.size()) return error(start, "an expression ends too early");
    const char c = text_[start];
    if (c == '(') return bracket();
    if (c == '\'') return quoted();
    if (is_digit(c)) return number();
    if (is_letter(c)) return name_or_call();
    return error(start, std::string("'") + c + "' cannot stand here");
  }

  Parsed bracket() {
    if (++depth_ > kDeepest) return error(position_, "brackets stand too deep inside each other");
    take("(");
    Parsed inner = disjunction();
    --depth_;
    if (!inner) return inner;
    if (!take(")")) return error(position(), "')' is missing");
    return inner;
  }

  Parsed quoted() {
    const std::size_t start = position_;
    const std::size_t end = text_.find('\'', start + 1);
    if (end == std::string_view::npos) return error(start, "the text has no closing '");
    position_ = end + 1;
    return literal(Value::text(std::string(text_.substr(start + 1, end - start - 1))), start);
  }

  Parsed number() {
    const std::size_t start = position_;
    const bool hexadecimal = text_.substr(start, 2) == "0x";
    const char* begin = text_.data() + start + (hexadecimal ? 2 : 0);
    const char* limit = text_.data() + text_.size();
    std::int64_t value = 0;
    const auto [end, failure] = std::from_chars(begin, limit, value, hexadecimal ? 16 : 10);
    if (failure != std::errc() || (end != limit && is_name(*end)))
      return error(start, "this is no number; hexadecimal octets stand in quotes: '0A1B'");
    position_ = static_cast<std::size_t>(end - text_.data());
    return literal(Value::number(value), start);
  }

  Parsed name_or_call() {
    Expression result;
    result.kind = Expression::Kind::kVariable;
    result.position = position_;
    result.name = take_name();
    if (result.name == "true" || result.name == "false")
      return literal(Value::truth(result.name == "true"), result.position);
    if (!take("(")) return result;
    result.kind = Expression::Kind::kCall;
    if (++depth_ > kDeepest) return error(position_, "calls stand too deep inside each other");
    if (!take(")")) {
      do {
        Parsed argument = disjunction();
        if (!argument) return argument;
        result.arguments.push_back(std::move(*argument));
      } while (take(","));
      if (!take(")")) return error(position(), "')' or ',' is missing in the call of " + result.name);
    }
    --depth_;
    return result;
  }

  std::string take_name() {
    const std::size_t start = position_;
    while (position_ < text_.size() && is_name(text_[position_])) ++position_;
    while (position_ + 1 < text_.size() && text_[position_] == '.' && is_letter(text_[position_ + 1])) {
      ++position_;
      while (position_ < text_.size() && is_name(text_[position_])) ++position_;
    }
    return std::string(text_.substr(start, position_ - start));
  }

  template <std::size_t N, class Inner>
  Parsed chain(const std::array<Spelling, N>& operators, Inner inner) {
    Parsed left = inner();
    while (left) {
      const std::size_t start = position();
      const auto operation = take_one(operators);
      if (!operation) break;
      left = join(*operation, start, std::move(left), inner());
    }
    return left;
  }

  static Parsed join(Operator operation, std::size_t position, Parsed left, Parsed right) {
    if (!right) return right;
    Expression result;
    result.kind = Expression::Kind::kOperation;
    result.operation = operation;
    result.position = position;
    result.arguments.push_back(std::move(*left));
    result.arguments.push_back(std::move(*right));
    return result;
  }

  template <class Inner>
  Parsed unary(Operator operation, std::size_t start, Inner inner) {
    if (++depth_ > kDeepest) return error(start, "signs stand too deep inside each other");
    Parsed operand = inner();
    --depth_;
    if (!operand) return operand;
    Expression result;
    result.kind = Expression::Kind::kOperation;
    result.operation = operation;
    result.position = start;
    result.arguments.push_back(std::move(*operand));
    return result;
  }

  static Parsed literal(Value value, std::size_t start) {
    Expression result;
    result.literal = std::move(value);
    result.position = start;
    return result;
  }

  static Parsed error(std::size_t position, std::string what) {
    return tl::make_unexpected(ExpressionError{position, std::move(what)});
  }

  template <std::size_t N>
  std::optional<Operator> take_one(const std::array<Spelling, N>& operators) {
    for (const Spelling& spelling : operators) {
      if (take(spelling.text)) return spelling.operation;
    }
    return std::nullopt;
  }

  // A word is taken only whole: "or" is not the beginning of "order".
  bool take(std::string_view token) {
    skip_space();
    if (text_.substr(position_, token.size()) != token) return false;
    const std::size_t end = position_ + token.size();
    if (is_letter(token.front()) && end < text_.size() && is_name(text_[end])) return false;
    position_ = end;
    return true;
  }

  void skip_space() {
    while (position_ < text_.size() &&
           (text_[position_] == ' ' || text_[position_] == '\n' || text_[position_] == '\t'))
      ++position_;
  }

  std::string_view text_;
  std::size_t position_;
  std::size_t depth_ = 0;
};

}  // namespace

tl::expected<Expression, ExpressionError> parse_expression_at(std::string_view text, std::size_t& position) {
  if (text.size() > kLongest) return tl::make_unexpected(ExpressionError{0, "longer than 4000 characters"});
  Parser parser(text, position);
  Parsed result = parser.disjunction();
  position = parser.position();
  return result;
}

tl::expected<Expression, ExpressionError> parse_expression(std::string_view text) {
  std::size_t position = 0;
  Parsed result = parse_expression_at(text, position);
  if (result && position < text.size())
    return tl::make_unexpected(ExpressionError{position, "an operator is missing here"});
  return result;
}

}  // namespace ssc::conformance
