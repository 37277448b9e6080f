#include "conformance/expression/value.h"

#include <array>
#include <charconv>

#include "apdu/hex.h"

namespace ssc::conformance {
namespace {

constexpr std::array<std::string_view, 5> kTypeNames = {"a truth", "a number", "a text", "octets", "a key"};

tl::unexpected<std::string> not_a(std::string_view wanted, const Value& value) {
  return tl::make_unexpected("wants " + std::string(wanted) + ", got " + std::string(type_name(value)));
}

template <class T>
int three_way(const T& a, const T& b) {
  if (a < b) return -1;
  return b < a ? 1 : 0;
}

}  // namespace

Evaluated<Bytes> as_bytes(const Value& value) {
  if (const auto* bytes = std::get_if<Bytes>(&value.data)) return *bytes;
  if (const auto* number = std::get_if<std::int64_t>(&value.data)) {
    if (*number >= 0 && *number <= 0xFF) return Bytes{static_cast<std::uint8_t>(*number)};
    return tl::make_unexpected(std::to_string(*number) + " does not fit one octet; write be(number, size)");
  }
  if (const auto* text = std::get_if<std::string>(&value.data)) {
    auto bytes = apdu::parse_hex(*text);
    if (bytes) return *bytes;
    return tl::make_unexpected("'" + *text + "' is no hexadecimal text: " + bytes.error().what);
  }
  return not_a("octets", value);
}

Evaluated<std::int64_t> as_number(const Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value.data)) return *number;
  if (const auto* text = std::get_if<std::string>(&value.data)) {
    std::int64_t number = 0;
    const auto [end, failure] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (failure == std::errc() && end == text->data() + text->size()) return number;
    return tl::make_unexpected("'" + *text + "' is no number");
  }
  return not_a("a number", value);
}

Evaluated<std::string> as_text(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value.data)) return *text;
  return not_a("a text", value);
}

Evaluated<keys::Key> as_key(const Value& value) {
  if (const auto* key = std::get_if<keys::Key>(&value.data)) return *key;
  return not_a("a key", value);
}

Evaluated<bool> as_truth(const Value& value) {
  if (const auto* truth = std::get_if<bool>(&value.data)) return *truth;
  if (const auto* number = std::get_if<std::int64_t>(&value.data)) return *number != 0;
  if (const auto* text = std::get_if<std::string>(&value.data)) return !text->empty();
  if (const auto* bytes = std::get_if<Bytes>(&value.data)) return !bytes->empty();
  return not_a("a truth", value);
}

Evaluated<std::int64_t> decimal_number(ByteView octets) {
  constexpr std::size_t kMost = 15;
  std::string digits = apdu::to_hex(octets);
  digits.erase(digits.find_last_not_of('F') + 1);
  const bool decimal = digits.find_first_not_of("0123456789") == std::string::npos;
  if (digits.empty() || digits.size() > kMost || !decimal)
    return tl::make_unexpected(std::string("the octets are no decimal digits, or more than 15"));
  return as_number(Value::text(std::move(digits)));
}

std::string_view type_name(const Value& value) { return kTypeNames.at(value.data.index()); }

std::string to_string(const Value& value, bool unmask) {
  if (std::holds_alternative<keys::Key>(value.data)) return "key";
  if (const auto* truth = std::get_if<bool>(&value.data)) return *truth ? "true" : "false";
  if (const auto* number = std::get_if<std::int64_t>(&value.data)) return std::to_string(*number);
  const auto* bytes = std::get_if<Bytes>(&value.data);
  std::string text = bytes ? apdu::to_hex(*bytes) : std::get<std::string>(value.data);
  return value.secret && !unmask ? std::string(text.size(), '*') : text;
}

Evaluated<int> compare(const Value& a, const Value& b) {
  if (std::holds_alternative<std::int64_t>(a.data) || std::holds_alternative<std::int64_t>(b.data)) {
    const auto left = as_number(a);
    if (!left) return tl::make_unexpected(left.error());
    const auto right = as_number(b);
    if (!right) return tl::make_unexpected(right.error());
    return three_way(*left, *right);
  }
  if (const auto* text = std::get_if<std::string>(&a.data)) {
    if (const auto* other = std::get_if<std::string>(&b.data)) return three_way(*text, *other);
  }
  if (a.data.index() == b.data.index() && std::holds_alternative<bool>(a.data))
    return three_way(std::get<bool>(a.data), std::get<bool>(b.data));
  if (std::holds_alternative<Bytes>(a.data) || std::holds_alternative<Bytes>(b.data)) {
    const auto left = as_bytes(a);
    if (!left) return tl::make_unexpected(left.error());
    const auto right = as_bytes(b);
    if (!right) return tl::make_unexpected(right.error());
    return three_way(*left, *right);
  }
  return tl::make_unexpected("cannot compare " + std::string(type_name(a)) + " with " +
                             std::string(type_name(b)));
}

}  // namespace ssc::conformance
