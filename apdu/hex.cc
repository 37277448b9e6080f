#include "apdu/hex.h"

namespace ssc::apdu {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// 0..15, or -1 when the character is no digit.
int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::string to_hex(ByteView bytes, char separator) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  out.reserve(bytes.size() * 3);
  for (const std::uint8_t byte : bytes) {
    if (separator != 0 && !out.empty()) out += separator;
    out += kDigits[byte >> 4];
    out += kDigits[byte & 0x0F];
  }
  return out;
}

tl::expected<Bytes, HexError> parse_hex(std::string_view text) {
  Bytes out;
  int high = -1;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_blank(text[i]) && high < 0) continue;
    const int value = digit_value(text[i]);
    if (value < 0) {
      const bool split = is_blank(text[i]);
      return tl::unexpected(HexError{
          i, split ? "a byte of one digit" : std::string("'") + text[i] + "' is no hexadecimal digit"});
    }
    if (high < 0) {
      high = value;
      continue;
    }
    out.push_back(static_cast<std::uint8_t>(high * 16 + value));
    high = -1;
  }
  if (high >= 0) return tl::unexpected(HexError{text.size(), "odd number of digits"});
  return out;
}

}  // namespace ssc::apdu
