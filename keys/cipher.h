// The block ciphers themselves, and all that this program asks of OpenSSL. Everything of the standard is
// composed from these few functions in keys/standard.h; nothing outside keys/ includes this file.
#pragma once

#include <span>

#include "keys/key.h"

namespace ssc::keys {

// Each block alone. Preconditions: available(key.cipher()); whole blocks; out.size() == in.size(). `out` may
// be `in`. An 8-byte DES key K works as the two-key triple key K‖K, which is the same function.
void encipher_ecb(const Key& key, ByteView in, std::span<std::uint8_t> out);
void decipher_ecb(const Key& key, ByteView in, std::span<std::uint8_t> out);

// Chains whole blocks in CBC from `state` on (one block: the IV or the block before) and leaves the last
// cipher block there. No blocks: `state` stays.
void chain_cbc(const Key& key, std::span<std::uint8_t> state, ByteView blocks);

// Overwrites in a way no compiler removes.
void wipe(void* data, std::size_t size);

// Equal sizes and bytes; the time taken depends on the sizes only.
bool equal_in_constant_time(ByteView a, ByteView b);

}  // namespace ssc::keys
