// The standard's use of its ciphers (Part 4 §8-9, Part 9 §7). Precondition everywhere: available(cipher). No
// heap is touched.
#pragma once

#include <optional>

#include "keys/key.h"

namespace ssc::keys {

// Session key of a random or factor of 4, 8 or (16-byte ciphers) 16 bytes, padded right with 00 to the block
// (Part 4 §8.4).
SessionKey session_key(const Key& key, ByteView random);

// Authentication data over 8 bytes of original information (Part 4 §9.3): DES one block; 16-byte ciphers:
// halves xored.
AuthenticationData authentication_data(const SessionKey& key, ByteView original);

// MAC of Part 4 §8.2: CBC, IV zero, 80 00… always added; DES left four bytes, 16-byte ciphers the last block
// folded by words. Not CMAC. The data is given in parts so that a command header and its data field need not
// be joined.
Mac mac(const SessionKey& key, std::initializer_list<ByteView> data);

// TAC (Part 7 §15): DES: the MAC under left half xor right half of DTK; 16-byte ciphers: the MAC under DTK
// itself.
Mac tac(const Key& dtk, std::initializer_list<ByteView> data);

// LD ‖ plain ‖ 80 00… (only when not aligned), each block alone under the session key (Part 4 §8.3).
// plain.size() <= 40.
InplaceBytes<48> encipher(const SessionKey& key, ByteView plain);
// The plain data; nothing when the size is no multiple of the block, LD does not fit or the padding is wrong.
std::optional<InplaceBytes<48>> decipher(const SessionKey& key, ByteView cipher_text);

// One child key (Part 9 §7.1.1, §7.2.1): 8 bytes E(K, F); 16-byte DES E(K, F) ‖ E(K, not F); SM4 E(K, F ‖ not
// F). No parity adjustment.
Key diversify(const Key& key, const Factor& factor);
Key diversify(const Key& key,
              std::span<const Factor> factors);  // first factor first; no factor gives the key itself

// KCV: left three bytes of the enciphered zero block.
CheckValue check_value(const Key& key);

// PSAM key loading (Part 9 §7.1.2-7.1.3, §7.2.2-7.2.3), both under the master key itself: the enciphered
// record as in encipher(); the MAC with IV = challenge padded to the block, 80 padding always, over header ‖
// cipher text; a 16-byte DES key chains with its left half and finishes the last block with decipher(right),
// encipher(left).
InplaceBytes<48> encipher_key_record(const Key& master, ByteView record);
std::optional<InplaceBytes<48>> decipher_key_record(const Key& master, ByteView cipher_text);
Mac key_loading_mac(const Key& master, ByteView challenge, std::initializer_list<ByteView> data);

// Whole blocks, ECB and CBC, for CIPHER DATA of the PSAM (Part 9 §9.8). Preconditions: data.size() is a
// multiple of the block and at most 128; iv is one block. The first gives every block; the second the last
// block only.
InplaceBytes<128> encipher_blocks(const Key& key, ByteView data);
InplaceBytes<16> chain_blocks(const Key& key, ByteView iv, ByteView data);

}  // namespace ssc::keys
