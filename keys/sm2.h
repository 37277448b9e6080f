// SM2 signatures with SM3 (GB/T 32918.2), the signer's id always 1234567812345678.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "apdu/bytes.h"
#include "keys/digest.h"
#include "keys/storage/secret_bytes.h"

struct evp_pkey_st;

namespace ssc::keys {

inline constexpr std::string_view kSm2Id = "1234567812345678";

// r ‖ s, each 32 bytes big-endian: one form only, unlike DER.
using Sm2Signature = std::array<std::uint8_t, 64>;

// A public key. Immutable, cheap to copy.
class Sm2PublicKey {
 public:
  // "-----BEGIN PUBLIC KEY-----", as openssl writes it. Nothing when it is no SM2 public key.
  static std::optional<Sm2PublicKey> from_pem(std::string_view pem);
  std::string to_pem() const;
  // SM3 of the PEM's DER octets: what two people compare by telephone.
  Digest fingerprint() const;
  bool verify(apdu::ByteView message, const Sm2Signature& signature) const;

  friend bool operator==(const Sm2PublicKey& a, const Sm2PublicKey& b);

 private:
  friend class Sm2PrivateKey;
  explicit Sm2PublicKey(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)) {}
  std::shared_ptr<evp_pkey_st> key_;
};

// A private key; libcrypto wipes it. No printer.
class Sm2PrivateKey {
 public:
  static Sm2PrivateKey generate();
  // "-----BEGIN PRIVATE KEY-----" (PKCS #8, not enciphered: it lies sealed). Nothing when it is no SM2 key.
  static std::optional<Sm2PrivateKey> from_pem(const storage::SecretBytes& pem);
  storage::SecretBytes to_pem() const;
  Sm2PublicKey public_key() const;
  Sm2Signature sign(apdu::ByteView message) const;

 private:
  explicit Sm2PrivateKey(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)) {}
  std::shared_ptr<evp_pkey_st> key_;
};

}  // namespace ssc::keys
