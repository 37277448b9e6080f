#include "conformance/expression/evaluate.h"

#include "apdu/hex.h"

namespace ssc::conformance {
namespace {

tl::unexpected<std::string> at(const Expression& expression, const std::string& what) {
  return tl::make_unexpected(what + " (character " + std::to_string(expression.position + 1) + ")");
}

Evaluated<Value> read_variable(const Expression& expression, const Environment& environment) {
  const auto bound = environment.names.find(expression.name);
  if (bound != environment.names.end()) return bound->second;
  if (const Fact* fact = find_fact(expression.name)) return read_fact(environment.subject, *fact);
  return at(expression, "'" + expression.name + "' has no value here");
}

Evaluated<Value> call(const Expression& expression, const Environment& environment) {
  const Function* function = find_function(expression.name);
  if (!function) return at(expression, "there is no function '" + expression.name + "'");
  const std::size_t count = expression.arguments.size();
  if (count < function->fewest || count > function->most)
    return at(expression, "wrong number of arguments; write " + std::string(function->signature));
  std::vector<Value> values;
  values.reserve(count);
  for (const Expression& argument : expression.arguments) {
    auto value = evaluate(argument, environment);
    if (!value) return value;
    values.push_back(std::move(*value));
  }
  Arguments arguments(environment.subject, values);
  Value result = function->call(arguments);
  if (arguments.failed()) return at(expression, expression.name + ": " + arguments.error());
  return result;
}

Evaluated<Value> compare_operands(const Expression& expression, const Value& a, const Value& b) {
  const auto order = compare(a, b);
  if (!order) return at(expression, order.error());
  return Value::truth(holds(expression.operation, *order));
}

constexpr std::int64_t kLargest = 1'000'000'000'000;  // far below overflow for one operation

Evaluated<Value> calculate(const Expression& expression, const Value& a, const Value& b) {
  const auto left = as_number(a);
  const auto right = as_number(b);
  if (!left || !right) return at(expression, left ? right.error() : left.error());
  if (std::abs(*left) > kLargest || std::abs(*right) > kLargest)
    return at(expression, "the number is too large");
  if (expression.operation == Operator::kAdd) return Value::number(*left + *right);
  if (expression.operation == Operator::kSubtract) return Value::number(*left - *right);
  if (std::abs(*left) > 1'000'000 || std::abs(*right) > 1'000'000)
    return at(expression, "the number is too large");
  return Value::number(*left * *right);
}

// The right side is looked at only when the left one does not decide.
Evaluated<Value> decide(const Expression& expression, const Environment& environment) {
  for (const Expression& argument : expression.arguments) {
    const auto value = evaluate(argument, environment);
    if (!value) return value;
    const auto truth = as_truth(*value);
    if (!truth) return at(argument, truth.error());
    if (expression.operation == Operator::kNot) return Value::truth(!*truth);
    if (*truth == (expression.operation == Operator::kOr)) return Value::truth(*truth);
  }
  return Value::truth(expression.operation == Operator::kAnd);
}

Evaluated<Value> operate(const Expression& expression, const Environment& environment) {
  const Operator operation = expression.operation;
  if (operation == Operator::kOr || operation == Operator::kAnd || operation == Operator::kNot)
    return decide(expression, environment);
  const auto left = evaluate(expression.arguments.front(), environment);
  if (!left) return left;
  if (operation == Operator::kNegate) {
    const auto number = as_number(*left);
    return number ? Evaluated<Value>(Value::number(-*number)) : at(expression, number.error());
  }
  const auto right = evaluate(expression.arguments.back(), environment);
  if (!right) return right;
  const bool arithmetic =
      operation == Operator::kAdd || operation == Operator::kSubtract || operation == Operator::kMultiply;
  return arithmetic ? calculate(expression, *left, *right) : compare_operands(expression, *left, *right);
}

bool is_lc(const Template::Piece& piece) {
  return piece.is_expression && piece.expression.kind == Expression::Kind::kVariable &&
         piece.expression.name == "lc";
}

Evaluated<Rendered> render_piece(const Template::Piece& piece, const Environment& environment) {
  Rendered out;
  Value value = Value::text(piece.text);
  if (piece.is_expression) {
    auto worked_out = evaluate(piece.expression, environment);
    if (!worked_out) return tl::make_unexpected(worked_out.error());
    value = std::move(*worked_out);
  }
  auto bytes = as_bytes(value);
  if (!bytes) return tl::make_unexpected(bytes.error());
  out.bytes = std::move(*bytes);
  if (value.secret) out.secrets.add(0, out.bytes.size());
  return out;
}

void append(Rendered& whole, const Rendered& part) {
  for (const auto& range : part.secrets.list())
    whole.secrets.add(whole.bytes.size() + range.offset, range.size);
  whole.bytes.insert(whole.bytes.end(), part.bytes.begin(), part.bytes.end());
}

Evaluated<Pattern> pattern_of_value(const Value& value, bool digit_numbers) {
  if (const auto* number = std::get_if<std::int64_t>(&value.data); number && digit_numbers) {
    if (*number < 0 || *number > 15)
      return tl::make_unexpected(std::to_string(*number) + " is no hexadecimal digit");
    return Pattern{std::string(1, "0123456789ABCDEF"[*number]), false};
  }
  if (const auto* text = std::get_if<std::string>(&value.data)) return Pattern{*text, value.secret};
  const auto bytes = as_bytes(value);
  if (!bytes) return tl::make_unexpected(bytes.error());
  return Pattern{apdu::to_hex(*bytes), value.secret};
}

}  // namespace

bool holds(Operator comparison, int order) {
  switch (comparison) {
    case Operator::kEq:
      return order == 0;
    case Operator::kNe:
      return order != 0;
    case Operator::kLt:
      return order < 0;
    case Operator::kLe:
      return order <= 0;
    case Operator::kGt:
      return order > 0;
    default:
      return order >= 0;
  }
}

Evaluated<Value> evaluate(const Expression& expression, const Environment& environment) {
  switch (expression.kind) {
    case Expression::Kind::kLiteral:
      return expression.literal;
    case Expression::Kind::kVariable:
      return read_variable(expression, environment);
    case Expression::Kind::kCall:
      return call(expression, environment);
    case Expression::Kind::kOperation:
      break;
  }
  return operate(expression, environment);
}

Evaluated<Rendered> render_octets(const Template& text, const Environment& environment) {
  Rendered out;
  std::optional<std::size_t> lc;
  for (const Template::Piece& piece : text.pieces) {
    if (is_lc(piece)) {
      if (lc) return tl::make_unexpected(std::string("{lc} stands twice"));
      lc = out.bytes.size();
      out.bytes.push_back(0);
      continue;
    }
    const auto part = render_piece(piece, environment);
    if (!part) return tl::make_unexpected(part.error());
    append(out, *part);
  }
  if (!lc) return out;
  const std::size_t length = out.bytes.size() - *lc - 1;
  if (length > 0xFF)
    return tl::make_unexpected(std::to_string(length) + " octets follow {lc}; Lc has one octet");
  out.bytes[*lc] = static_cast<std::uint8_t>(length);
  return out;
}

Evaluated<Pattern> render_pattern(const Template& text, const Environment& environment, bool digit_numbers) {
  Pattern out;
  for (const Template::Piece& piece : text.pieces) {
    Pattern part{piece.text, false};
    if (piece.is_expression) {
      const auto value = evaluate(piece.expression, environment);
      if (!value) return tl::make_unexpected(value.error());
      const auto pattern = pattern_of_value(*value, digit_numbers);
      if (!pattern) return pattern;
      part = *pattern;
    }
    out.secret = out.secret || part.secret;
    for (const char c : part.digits)
      out.digits.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
  }
  return out;
}

Evaluated<Value> render_value(const Template& text, const Environment& environment) {
  if (const Expression* expression = text.single()) return evaluate(*expression, environment);
  if (text.pieces.empty()) return Value::text({});
  if (text.pieces.size() == 1) return Value::text(text.pieces.front().text);
  const auto mixed = render_pattern(text, environment, true);
  if (!mixed) return tl::make_unexpected(mixed.error());
  return Value{mixed->digits, mixed->secret};
}

}  // namespace ssc::conformance
