#include "keys/pin.h"

namespace ssc::keys {
namespace {

constexpr std::size_t kMostDigits = 16;

bool is_pin(std::string_view text) {
  return text.size() <= kMostDigits &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::optional<Pin> Pin::of(std::string_view digits) {
  if (!is_pin(digits)) return std::nullopt;
  Pin pin;
  pin.digits_ = Secret({reinterpret_cast<const std::uint8_t*>(digits.data()), digits.size()});
  return pin;
}

std::string_view Pin::reveal() const {
  const ByteView octets = digits_.reveal();
  return {reinterpret_cast<const char*>(octets.data()), octets.size()};
}

std::optional<InplaceBytes<8>> pin_bytes(std::string_view digits) {
  if (!is_pin(digits)) return std::nullopt;
  InplaceBytes<8> out;
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    const int low = i + 1 < digits.size() ? digits[i + 1] - '0' : 0xF;
    out.push_back(static_cast<std::uint8_t>((digits[i] - '0') << 4 | low));
  }
  return out;
}

InplaceBytes<16> pin_block(Cipher cipher, ByteView pin) {
  const std::size_t block = block_size(cipher);
  assert(pin.size() + 2 <= block);
  InplaceBytes<16> out;
  out.push_back(static_cast<std::uint8_t>(pin.size()));
  out.append(pin);
  out.push_back(0x80);
  while (out.size() < block) out.push_back(0);
  return out;
}

}  // namespace ssc::keys
