#include "apdu/text/bcd.h"

#include <fmt/format.h>

namespace ssc::apdu {
namespace {

constexpr unsigned kFill = 0xF;

tl::unexpected<TextError> error(std::size_t position, std::string what) {
  return tl::unexpected(TextError{position, std::move(what)});
}

unsigned nibble_at(ByteView bytes, std::size_t index) {
  const unsigned byte = bytes[index / 2];
  return index % 2 == 0 ? byte >> 4 : byte & 0x0FU;
}

}  // namespace

tl::expected<Bytes, TextError> encode_bcd(std::string_view digits, std::size_t size) {
  if (digits.size() > 2 * size)
    return error(2 * size, fmt::format("{} digits; {} bytes hold {}", digits.size(), size, 2 * size));
  Bytes out(size, 0xFF);
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (digits[i] < '0' || digits[i] > '9') return error(i, fmt::format("'{}' is no digit", digits[i]));
    const auto digit = static_cast<unsigned>(digits[i] - '0');
    const bool high = i % 2 == 0;
    out[i / 2] = static_cast<std::uint8_t>(high ? digit << 4 | kFill : (out[i / 2] & 0xF0U) | digit);
  }
  return out;
}

tl::expected<Bytes, TextError> encode_bcd(std::string_view digits) {
  return encode_bcd(digits, (digits.size() + 1) / 2);
}

tl::expected<std::string, TextError> decode_bcd(ByteView bytes) {
  std::string digits;
  for (std::size_t i = 0; i < 2 * bytes.size(); ++i) {
    const unsigned nibble = nibble_at(bytes, i);
    if (nibble == kFill) continue;
    if (nibble > 9) return error(i / 2, fmt::format("{:X} is no digit", nibble));
    if (digits.size() != i) return error(i / 2, fmt::format("digit {} after the fill F", nibble));
    digits += static_cast<char>('0' + nibble);
  }
  return digits;
}

}  // namespace ssc::apdu
