#include "keys/standard.h"

#include "keys/blocks.h"
#include "keys/cipher.h"

namespace ssc::keys {
namespace {

Block enciphered(const Key& key, ByteView block) {
  std::array<std::uint8_t, 16> out{};
  encipher_ecb(key, block, std::span(out).first(block.size()));
  return Block(ByteView(out).first(block.size()));
}

template <std::size_t Size>
std::array<std::uint8_t, Size> left(ByteView bytes) {
  std::array<std::uint8_t, Size> out{};
  std::copy_n(bytes.begin(), Size, out.begin());
  return out;
}

// CBC over parts in a row ‖ 80 00…; the parts are gathered, so that the cipher runs over many blocks at once.
class PaddedChain {
 public:
  PaddedChain(const Key& key, const Block& iv) : key_(key), state_(left<16>(zero_padded(Cipher::kSm4, iv))) {}

  void add(ByteView data) {
    while (!data.empty()) {
      if (pending_.room() == 0) flush();
      const ByteView part = data.first(std::min(data.size(), pending_.room()));
      pending_.append(part);
      data = data.subspan(part.size());
    }
  }

  Block finish() {
    add(std::array<std::uint8_t, 1>{0x80});
    while (pending_.size() % block_ != 0) pending_.push_back(0);
    flush();
    return Block(ByteView(state_).first(block_));
  }

 private:
  void flush() {
    chain_cbc(key_, std::span(state_).first(block_), pending_);
    pending_.clear();
  }

  const Key& key_;
  std::size_t block_ = block_size(key_.cipher());
  std::array<std::uint8_t, 16> state_;
  InplaceBytes<128> pending_;  // a whole number of blocks fits
};

Block chained(const Key& key, const Block& iv, std::initializer_list<ByteView> data) {
  PaddedChain chain(key, iv);
  for (const ByteView part : data) chain.add(part);
  return chain.finish();
}

Key half(const Key& key, std::size_t offset) { return Key(Cipher::kDes, key.reveal().subspan(offset, 8)); }

InplaceBytes<48> encipher_with_length(const Key& key, ByteView plain) {
  const auto framed = with_length(key.cipher(), plain);
  std::array<std::uint8_t, 48> out{};
  encipher_ecb(key, framed, std::span(out).first(framed.size()));
  return InplaceBytes<48>(ByteView(out).first(framed.size()));
}

std::optional<InplaceBytes<48>> decipher_with_length(const Key& key, ByteView cipher_text) {
  std::array<std::uint8_t, 48> out{};
  if (cipher_text.size() > out.size() || cipher_text.size() % block_size(key.cipher()) != 0)
    return std::nullopt;
  decipher_ecb(key, cipher_text, std::span(out).first(cipher_text.size()));
  return without_length(key.cipher(), ByteView(out).first(cipher_text.size()));
}

}  // namespace

SessionKey session_key(const Key& key, ByteView random) {
  return SessionKey(key.cipher(), enciphered(key, zero_padded(key.cipher(), random)));
}

AuthenticationData authentication_data(const SessionKey& key, ByteView original) {
  assert(original.size() == 8);
  return fold<8>(enciphered(key.key(), zero_padded(key.cipher(), original)));
}

Mac mac(const SessionKey& key, std::initializer_list<ByteView> data) {
  return mac_of(chained(key.key(), zero_padded(key.cipher(), {}), data));
}

Mac tac(const Key& dtk, std::initializer_list<ByteView> data) {
  if (block_size(dtk.cipher()) == 16) return mac(SessionKey(dtk.cipher(), dtk.reveal()), data);
  assert(dtk.size() == 16);
  return mac(SessionKey(Cipher::kDes, fold<8>(dtk.reveal())), data);
}

InplaceBytes<48> encipher(const SessionKey& key, ByteView plain) {
  return encipher_with_length(key.key(), plain);
}

std::optional<InplaceBytes<48>> decipher(const SessionKey& key, ByteView cipher_text) {
  return decipher_with_length(key.key(), cipher_text);
}

Key diversify(const Key& key, const Factor& factor) {
  InplaceBytes<16> input{ByteView(factor)};
  if (key.size() == 16) input.append(inverted(factor));
  std::array<std::uint8_t, 16> child{};
  encipher_ecb(key, input, std::span(child).first(input.size()));
  const Key result(key.cipher(), ByteView(child).first(input.size()));
  wipe(child.data(), child.size());
  return result;
}

Key diversify(const Key& key, std::span<const Factor> factors) {
  Key child = key;
  for (const Factor& factor : factors) child = diversify(child, factor);
  return child;
}

CheckValue check_value(const Key& key) { return left<3>(enciphered(key, zero_padded(key.cipher(), {}))); }

InplaceBytes<48> encipher_key_record(const Key& master, ByteView record) {
  return encipher_with_length(master, record);
}

std::optional<InplaceBytes<48>> decipher_key_record(const Key& master, ByteView cipher_text) {
  return decipher_with_length(master, cipher_text);
}

Mac key_loading_mac(const Key& master, ByteView challenge, std::initializer_list<ByteView> data) {
  const Block iv = zero_padded(master.cipher(), challenge);
  if (block_size(master.cipher()) == 16 || master.size() == 8) return mac_of(chained(master, iv, data));
  std::array<std::uint8_t, 8> last = left<8>(chained(half(master, 0), iv, data));
  decipher_ecb(half(master, 8), last, last);
  encipher_ecb(half(master, 0), last, last);
  return left<4>(last);
}

InplaceBytes<128> encipher_blocks(const Key& key, ByteView data) {
  assert(data.size() <= 128);
  std::array<std::uint8_t, 128> out{};
  encipher_ecb(key, data, std::span(out).first(data.size()));
  return InplaceBytes<128>(ByteView(out).first(data.size()));
}

InplaceBytes<16> chain_blocks(const Key& key, ByteView iv, ByteView data) {
  assert(data.size() <= 128);
  std::array<std::uint8_t, 16> state = left<16>(zero_padded(Cipher::kSm4, iv));
  chain_cbc(key, std::span(state).first(iv.size()), data);
  return InplaceBytes<16>(ByteView(state).first(iv.size()));
}

}  // namespace ssc::keys
