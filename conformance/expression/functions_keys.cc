// Functions of ciphers: the standard's own, over keys that an expression already has.
#include <array>

#include "conformance/expression/functions.h"
#include "keys/standard.h"

namespace ssc::conformance {
namespace {

using keys::Cipher;
using keys::Key;
using keys::SessionKey;

// The key argument, refused when its cipher cannot be computed.
Key usable_key(Arguments& in, std::size_t index) {
  Key key = in.key(index);
  if (!in.failed() && key.size() == 0) in.fail("the key is empty");
  if (!in.failed() && !keys::available(key.cipher()))
    in.fail("SSF33 is a secret cipher: this program cannot compute with it");
  return key;
}

SessionKey as_session(const Key& key) { return {key.cipher(), key.reveal()}; }

template <std::size_t N>
Value octets(const std::array<std::uint8_t, N>& bytes) {
  return Value::bytes(ByteView(bytes));
}

Value session_key(Arguments& in) {
  const Key key = usable_key(in, 0);
  const Bytes random = in.bytes(1);
  const bool long_block = keys::block_size(key.cipher()) == 16;
  if (in.failed()) return {};
  if (random.size() != 4 && random.size() != 8 && !(long_block && random.size() == 16))
    return in.fail("a session factor of " + std::to_string(random.size()) +
                   " octets; 4 or 8 (16-byte ciphers: also 16)");
  return Value::key(keys::session_key(key, random).key());
}

Value auth_data(Arguments& in) {
  const Key key = usable_key(in, 0);
  const Bytes original = in.bytes(1);
  if (in.failed()) return {};
  if (original.size() != 8)
    return in.fail("original information has 8 octets, not " + std::to_string(original.size()));
  return octets(keys::authentication_data(as_session(key), original));
}

// MAC and DES both chain with an 8-byte key (Part 4 §8.2); a 16-byte DES key cannot be a session key.
bool is_session_size(Arguments& in, const Key& key) {
  if (key.size() == keys::block_size(key.cipher())) return true;
  in.fail("a key of " + std::to_string(key.size()) + " octets is no session key; write session_key(…)");
  return false;
}

Value mac(Arguments& in) {
  const Key key = usable_key(in, 0);
  const Bytes data = in.joined_bytes(1);
  if (in.failed() || !is_session_size(in, key)) return {};
  return octets(keys::mac(as_session(key), {ByteView(data)}));
}

// The octets of an argument, which may be a key: it goes into a record and comes out enciphered.
Bytes octets_or_key(Arguments& in, std::size_t index) {
  const auto* key = std::get_if<Key>(&in.value(index).data);
  if (key == nullptr) return in.bytes(index);
  return {key->reveal().begin(), key->reveal().end()};
}

Value key_record(Arguments& in) {
  const Key key = usable_key(in, 0);
  Bytes plain;
  for (std::size_t i = 1; i < in.size(); ++i) plain = apdu::concat({plain, octets_or_key(in, i)});
  if (in.failed()) return {};
  if (plain.size() > 40) return in.fail("more than 40 octets to encipher");
  return Value::bytes(keys::encipher_key_record(key, plain).view());
}

Value key_mac(Arguments& in) {
  const Key key = usable_key(in, 0);
  const Bytes random = in.bytes(1);
  const Bytes data = in.joined_bytes(2);
  if (in.failed()) return {};
  if (random.size() > keys::block_size(key.cipher())) return in.fail("the challenge is longer than a block");
  return octets(keys::key_loading_mac(key, random, {ByteView(data)}));
}

Value tac(Arguments& in) {
  const Key key = usable_key(in, 0);
  const Bytes data = in.joined_bytes(1);
  if (in.failed()) return {};
  return octets(keys::tac(key, {ByteView(data)}));
}

Value encrypt(Arguments& in) {
  const Key key = usable_key(in, 0);
  const Bytes plain = in.bytes(1);
  if (in.failed() || !is_session_size(in, key)) return {};
  if (plain.size() > 40) return in.fail("more than 40 octets to encipher");
  return Value::bytes(keys::encipher(as_session(key), plain).view());
}

Value encrypt_blocks(Arguments& in) {
  const Key key = usable_key(in, 0);
  const Bytes data = in.bytes(1);
  if (in.failed()) return {};
  if (data.size() > 80 || data.size() % keys::block_size(key.cipher()) != 0)
    return in.fail(std::to_string(data.size()) + " octets are no whole blocks of at most 80");
  return Value::bytes(keys::encipher_blocks(key, data).view());
}

Value decrypt(Arguments& in) {
  const Key key = usable_key(in, 0);
  const Bytes cipher_text = in.bytes(1);
  if (in.failed() || !is_session_size(in, key)) return {};
  if (cipher_text.size() > 48) return in.fail("more than 48 octets to decipher");
  const auto plain = keys::decipher(as_session(key), cipher_text);
  if (!plain) return in.fail("the octets are no cipher text under this key");
  return Value::bytes(Bytes(plain->view().begin(), plain->view().end()), true);
}

Value chain_blocks(Arguments& in) {
  const Key key = usable_key(in, 0);
  const Bytes start = in.bytes(1);
  const Bytes data = in.bytes(2);
  if (in.failed()) return {};
  const std::size_t block = keys::block_size(key.cipher());
  if (start.size() != block) return in.fail("the start value is one block of " + std::to_string(block));
  if (data.empty() || data.size() > 128 || data.size() % block != 0)
    return in.fail(std::to_string(data.size()) + " octets are no whole blocks of at most 128");
  return Value::bytes(keys::chain_blocks(key, start, data).view());
}

Value diversify(Arguments& in) {
  Key key = usable_key(in, 0);
  for (std::size_t i = 1; i < in.size() && !in.failed(); ++i) {
    const Bytes octets_of_factor = in.bytes(i);
    if (octets_of_factor.size() != 8)
      return in.fail("a factor has 8 octets, not " + std::to_string(octets_of_factor.size()));
    keys::Factor factor{};
    std::copy(octets_of_factor.begin(), octets_of_factor.end(), factor.begin());
    key = keys::diversify(key, factor);
  }
  return Value::key(key);
}

Value kcv(Arguments& in) {
  const Key key = usable_key(in, 0);
  if (in.failed()) return {};
  return octets(keys::check_value(key));
}

Value make_key(Arguments& in) {
  const Bytes bytes = in.bytes(0);
  const std::string cipher = in.size() > 1 ? in.text(1) : std::string(keys::name(in.subject().card->cipher));
  if (cipher != "DES" && cipher != "SM4") return in.fail("a cipher is 'DES' or 'SM4', not '" + cipher + "'");
  const bool des = cipher == "DES";
  if (bytes.size() != 16 && !(des && bytes.size() == 8))
    return in.fail("a key has 16 octets" + std::string(des ? " or 8" : "") + ", not " +
                   std::to_string(bytes.size()));
  return Value::key(Key(des ? Cipher::kDes : Cipher::kSm4, bytes));
}

constexpr std::array<Function, 13> kFunctions = {{
    {"session_key", 2, 2, "session_key(key, random)", "Part 4 §8.4, §9.2", session_key},
    {"auth_data", 2, 2, "auth_data(session key, original)", "8 octets, Part 4 §9.3", auth_data},
    {"mac", 2, kAnyNumber, "mac(session key, octets, …)", "4 octets, Part 4 §8.2", mac},
    {"key_record", 2, kAnyNumber, "key_record(master key, octets or key, …)",
     "length, octets, 80 00… when not aligned; Part 9 §7.1.2", key_record},
    {"key_mac", 3, kAnyNumber, "key_mac(master key, challenge, octets, …)",
     "4 octets over a key loading command, Part 9 §7.1.3", key_mac},
    {"tac", 2, kAnyNumber, "tac(key, octets, …)", "4 octets, Part 7 §15", tac},
    {"encrypt", 2, 2, "encrypt(session key, octets)", "length, octets, 80 00… when not aligned; Part 4 §8.3",
     encrypt},
    {"encrypt_blocks", 2, 2, "encrypt_blocks(key, octets)", "whole blocks, each alone", encrypt_blocks},
    {"decrypt", 2, 2, "decrypt(session key, octets)", "what encrypt() enciphered; Part 4 §8.3", decrypt},
    {"chain_blocks", 3, 3, "chain_blocks(key, start, octets)",
     "CBC of whole blocks: the last one; Part 9 §9.8", chain_blocks},
    {"diversify", 2, kAnyNumber, "diversify(key, factor, …)", "one level a factor, Part 9 §7.1.1, §7.2.1",
     diversify},
    {"kcv", 1, 1, "kcv(key)", "3 octets: the enciphered zero block", kcv},
    {"make_key", 1, 2, "make_key(octets[, 'DES'|'SM4'])", "a key of these octets; without cipher the card's",
     make_key},
}};

}  // namespace

std::span<const Function> key_functions() { return kFunctions; }

}  // namespace ssc::conformance
