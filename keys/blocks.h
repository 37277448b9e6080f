// What the standard puts around its ciphers (Part 4 §8-9): padding, lengths, folds. No keys here; private to
// keys/.
#pragma once

#include <optional>

#include "keys/key.h"

namespace ssc::keys {

using Block = InplaceBytes<16>;

// Right-padded with 00 to one block. Precondition: at most a block.
Block zero_padded(Cipher cipher, ByteView bytes);

// A block cut into pieces of `Size` bytes, all xored.
template <std::size_t Size>
std::array<std::uint8_t, Size> fold(ByteView block) {
  std::array<std::uint8_t, Size> out{};
  for (std::size_t i = 0; i < block.size(); ++i) out[i % Size] ^= block[i];
  return out;
}

// The MAC in the last block of a chain: its left four bytes, or the four words of a 16-byte block xored.
Mac mac_of(ByteView last);

// LD ‖ plain ‖ 80 00…, the padding only when it is not aligned (Part 4 §8.3). plain.size() <= 40.
InplaceBytes<48> with_length(Cipher cipher, ByteView plain);
// The plain data; nothing when LD does not fit or the padding is wrong. Precondition: whole blocks, at most
// 48 bytes.
std::optional<InplaceBytes<48>> without_length(Cipher cipher, ByteView framed);

// The factor, every bit turned (Part 9 §7.1.1).
Factor inverted(const Factor& factor);

}  // namespace ssc::keys
