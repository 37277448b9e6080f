#include "conformance/script/attributes.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <regex>

#include "apdu/hex.h"

namespace ssc::conformance {
namespace {

using xml::Element;
using xml::InputError;
using xml::Loaded;

constexpr std::string_view kBlanks = " \t\r\n";

std::string quoted(const Element& element, std::string_view attribute) {
  return std::string(attribute) + "=\"" + text_of(element, attribute) + "\"";
}

tl::unexpected<InputError> at_attribute(const Element& element, std::string_view attribute,
                                        const ExpressionError& error) {
  return tl::make_unexpected(element.error(quoted(element, attribute) + ": " + error.what + " (character " +
                                               std::to_string(error.position + 1) + ")",
                                           "scenarios/README.md has the expressions"));
}

constexpr std::array<std::pair<std::string_view, Operator>, 12> kComparisons = {{{"eq", Operator::kEq},
                                                                                 {"ne", Operator::kNe},
                                                                                 {"lt", Operator::kLt},
                                                                                 {"le", Operator::kLe},
                                                                                 {"gt", Operator::kGt},
                                                                                 {"ge", Operator::kGe},
                                                                                 {"==", Operator::kEq},
                                                                                 {"!=", Operator::kNe},
                                                                                 {"<", Operator::kLt},
                                                                                 {"<=", Operator::kLe},
                                                                                 {">", Operator::kGt},
                                                                                 {">=", Operator::kGe}}};

}  // namespace

Where where(const Element& element) { return {element.file(), element.line()}; }

std::string text_of(const Element& element, std::string_view attribute) {
  return std::string(element.attribute_or(attribute, ""));
}

apdu::Slot slot_of(const Element& element, std::string_view attribute) {
  return element.attribute_or(attribute, "card") == "psam" ? apdu::Slot::kPsam : apdu::Slot::kCard;
}

std::vector<std::string> read_names(const Element& element, std::string_view attribute) {
  std::vector<std::string> names;
  const std::string_view text = element.attribute_or(attribute, "");
  std::size_t start = text.find_first_not_of(kBlanks);
  while (start != std::string_view::npos) {
    const std::size_t end = std::min(text.find_first_of(kBlanks, start), text.size());
    names.emplace_back(text.substr(start, end - start));
    start = text.find_first_not_of(kBlanks, end);
  }
  return names;
}

Loaded<Expression> read_expression(const Element& element, std::string_view attribute) {
  const std::string_view text = element.attribute_or(attribute, "");
  if (text.find('{') == std::string_view::npos) {
    auto expression = parse_expression(text);
    if (!expression) return at_attribute(element, attribute, expression.error());
    return std::move(*expression);
  }
  auto parsed = parse_template(text);
  if (!parsed) return at_attribute(element, attribute, parsed.error());
  if (!parsed->single()) return at_attribute(element, attribute, {0, "this must be one expression"});
  return *parsed->single();
}

Loaded<std::optional<Expression>> read_optional(const Element& element, std::string_view attribute) {
  if (!element.attribute(attribute)) return std::optional<Expression>();
  auto expression = read_expression(element, attribute);
  if (!expression) return tl::make_unexpected(expression.error());
  return std::optional<Expression>(std::move(*expression));
}

Loaded<Template> read_template(const Element& element, std::string_view attribute) {
  auto parsed = parse_template(element.attribute_or(attribute, ""));
  if (!parsed) return at_attribute(element, attribute, parsed.error());
  return std::move(*parsed);
}

Loaded<std::optional<Template>> read_optional_template(const Element& element, std::string_view attribute) {
  if (!element.attribute(attribute)) return std::optional<Template>();
  auto text = read_template(element, attribute);
  if (!text) return tl::make_unexpected(text.error());
  return std::optional<Template>(std::move(*text));
}

Loaded<Template> read_octets(const Element& element, std::string_view attribute) {
  auto octets = read_template(element, attribute);
  if (!octets) return octets;
  for (const Template::Piece& piece : octets->pieces) {
    if (piece.is_expression) continue;
    const auto bytes = apdu::parse_hex(piece.text);
    if (bytes) continue;
    return tl::make_unexpected(element.error(quoted(element, attribute) + ": " + bytes.error().what,
                                             "write two hexadecimal digits for each octet"));
  }
  return octets;
}

Loaded<Template> read_status_words(const Element& element, std::string_view attribute) {
  constexpr std::string_view kAllowed = "0123456789ABCDEFabcdefXx. \t\n";
  auto words = read_template(element, attribute);
  if (!words) return words;
  for (const Template::Piece& piece : words->pieces) {
    if (piece.is_expression || piece.text.find_first_not_of(kAllowed) == std::string::npos) continue;
    return tl::make_unexpected(
        element.error(quoted(element, attribute) + " is no status word",
                      "write four hexadecimal digits, X for any one, or a range: 9000, 63CX, 63C0..63CF"));
  }
  return words;
}

Loaded<std::optional<Comparison>> read_comparison(const Element& element, std::string_view attribute) {
  if (!element.attribute(attribute)) return std::optional<Comparison>();
  const std::string text = text_of(element, attribute);
  const std::size_t blank = std::min(text.find_first_of(kBlanks), text.size());
  const auto* const row = std::ranges::find(kComparisons, std::string_view(text).substr(0, blank),
                                            &decltype(kComparisons)::value_type::first);
  if (row == kComparisons.end()) {
    auto equal = read_expression(element, attribute);
    if (!equal) return tl::make_unexpected(equal.error());
    return std::optional(Comparison{Operator::kEq, std::move(*equal), text});
  }
  auto with = parse_expression(std::string_view(text).substr(blank));
  if (!with)
    return at_attribute(element, attribute, {blank + with.error().position, std::move(with.error().what)});
  return std::optional(Comparison{row->second, std::move(*with), text});
}

Loaded<std::uint64_t> read_duration(const Element& element, std::string_view attribute) {
  const auto text = element.attribute(attribute);
  if (!text) return std::uint64_t{0};
  std::uint32_t number = 0;
  const auto [end, failure] = std::from_chars(text->data(), text->data() + text->size(), number);
  const std::string_view unit(end, static_cast<std::size_t>(text->data() + text->size() - end));
  if (failure == std::errc() && number > 0 && unit == "ms") return std::uint64_t{number} * 1'000;
  if (failure == std::errc() && number > 0 && unit == "s") return std::uint64_t{number} * 1'000'000;
  return tl::make_unexpected(
      element.error(quoted(element, attribute) + " is no time", "write it as 200ms or 2s"));
}

Loaded<std::string> read_regex(const Element& element, std::string_view attribute) {
  std::string text = text_of(element, attribute);
  try {
    const std::regex compiled(text);
    return text;
  } catch (const std::regex_error& error) {
    return tl::make_unexpected(
        element.error(quoted(element, attribute) + " is no regular expression: " + error.what(),
                      "write it as ECMAScript does: [0-9A-F]{4}90.*"));
  }
}

}  // namespace ssc::conformance
