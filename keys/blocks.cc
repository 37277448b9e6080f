#include "keys/blocks.h"

namespace ssc::keys {
namespace {

bool is_padding(ByteView bytes, std::size_t block) {
  if (bytes.empty()) return true;
  return bytes.size() < block && bytes[0] == 0x80 &&
         std::all_of(bytes.begin() + 1, bytes.end(), [](std::uint8_t byte) { return byte == 0; });
}

}  // namespace

Block zero_padded(Cipher cipher, ByteView bytes) {
  const std::size_t block = block_size(cipher);
  assert(bytes.size() <= block);
  Block out(bytes);
  while (out.size() < block) out.push_back(0);
  return out;
}

Mac mac_of(ByteView last) { return last.size() == 8 ? fold<4>(last.first(4)) : fold<4>(last); }

InplaceBytes<48> with_length(Cipher cipher, ByteView plain) {
  assert(plain.size() <= 40);
  const std::size_t block = block_size(cipher);
  InplaceBytes<48> framed;
  framed.push_back(static_cast<std::uint8_t>(plain.size()));
  framed.append(plain);
  if (framed.size() % block != 0) framed.push_back(0x80);
  while (framed.size() % block != 0) framed.push_back(0);
  return framed;
}

std::optional<InplaceBytes<48>> without_length(Cipher cipher, ByteView framed) {
  if (framed.empty()) return std::nullopt;
  const std::size_t block = block_size(cipher);
  const std::size_t length = framed[0];
  if (length + 1 > framed.size() || (length == 0 && block == 16)) return std::nullopt;
  if (!is_padding(framed.subspan(1 + length), block)) return std::nullopt;
  return InplaceBytes<48>(framed.subspan(1, length));
}

Factor inverted(const Factor& factor) {
  Factor out{};
  std::transform(factor.begin(), factor.end(), out.begin(),
                 [](std::uint8_t byte) { return static_cast<std::uint8_t>(~byte); });
  return out;
}

}  // namespace ssc::keys
