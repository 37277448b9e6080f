// Keys and what ciphers make of them, each octet string under a type of its own. Nothing here can be printed
// by accident.
#pragma once

#include <cstdint>
#include <string_view>

#include "apdu/bytes.h"

namespace ssc::keys {

using apdu::Bytes;
using apdu::ByteView;
using apdu::InplaceBytes;

// The cipher of a card or environment. The byte after tag 86 of the FCI: 01 DES, 02 SSF33, 03 SM4. SSF33 is
// secret: it can be named, and every use of it is refused with that reason.
enum class Cipher : std::uint8_t { kDes = 1, kSsf33 = 2, kSm4 = 3 };

// 8 for DES (single or two-key triple by the key's length), 16 for SSF33 and SM4.
constexpr std::size_t block_size(Cipher cipher) { return cipher == Cipher::kDes ? 8 : 16; }

// Whether this program can compute with it: all but SSF33.
constexpr bool available(Cipher cipher) { return cipher != Cipher::kSsf33; }

std::string_view name(Cipher cipher);  // "DES", "SSF33", "SM4"

// A secret octet string of at most 16 bytes; wipes itself, compares in constant time, has no printer.
class Secret {
 public:
  Secret() = default;
  explicit Secret(ByteView bytes) : bytes_(bytes) {}  // precondition: at most 16 bytes
  Secret(const Secret&) = default;
  Secret& operator=(const Secret&) = default;
  ~Secret();

  std::size_t size() const { return bytes_.size(); }
  // The bytes themselves, for ciphers, key files and transport; name the place that calls it in a review.
  ByteView reveal() const { return bytes_.view(); }

  friend bool operator==(const Secret& a, const Secret& b);

 private:
  InplaceBytes<16> bytes_;
};

// A key with its cipher: 8 bytes (single DES) or 16 (two-key 3DES, SM4).
class Key {
 public:
  Key() = default;
  // Precondition: 8 or 16 bytes for DES, 16 otherwise.
  Key(Cipher cipher, ByteView bytes) : cipher_(cipher), secret_(bytes) {}

  Cipher cipher() const { return cipher_; }
  std::size_t size() const { return secret_.size(); }
  ByteView reveal() const { return secret_.reveal(); }

  friend bool operator==(const Key&, const Key&) = default;

 private:
  Cipher cipher_ = Cipher::kDes;
  Secret secret_;
};

// A key good for one process (Part 4 §8.4, §9.2): 8 bytes under DES, 16 under SM4.
class SessionKey {
 public:
  SessionKey() = default;
  SessionKey(Cipher cipher, ByteView bytes) : key_(cipher, bytes) {}
  const Key& key() const { return key_; }
  Cipher cipher() const { return key_.cipher(); }
  friend bool operator==(const SessionKey&, const SessionKey&) = default;

 private:
  Key key_;
};

using Mac = std::array<std::uint8_t, 4>;  // the left four bytes, or the fold of a 16-byte block
using AuthenticationData = std::array<std::uint8_t, 8>;  // Part 4 §9.3
using Factor = std::array<std::uint8_t, 8>;              // a diversification factor (Part 9 §7.3)
using CheckValue = std::array<std::uint8_t, 3>;  // KCV: the left three bytes of the enciphered zero block

}  // namespace ssc::keys
