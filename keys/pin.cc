#include "keys/pin.h"

namespace ssc::keys {

std::optional<InplaceBytes<8>> pin_bytes(std::string_view digits) {
  if (digits.size() > 16) return std::nullopt;
  if (!std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }))
    return std::nullopt;
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
