#include "keys/sm2.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "apdu/hex.h"

namespace ssc::keys {
namespace {

using apdu::ByteView;

ByteView octets(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

Sm2Signature signature_of(std::string_view hex) {
  Sm2Signature out{};
  std::ranges::copy(*apdu::parse_hex(hex), out.begin());
  return out;
}

// GM/T 0003.5-2012 annex A: key pair, message and signature. The PEM is the point, encoded by openssl.
constexpr std::string_view kPublishedKey =
    "-----BEGIN PUBLIC KEY-----\n"
    "MFkwEwYHKoZIzj0CAQYIKoEcz1UBgi0DQgAECfnfMR5UIaFQ3X0WHkvFxnIXn60Y\n"
    "M/wHa7CP81bzUCDM6kkM4md1pS3G6nGMwapgCu0F+/NeCEpmMvYHLamtEw==\n"
    "-----END PUBLIC KEY-----\n";
constexpr std::string_view kPublishedSignature =
    "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3"
    "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA";

TEST(Sm2, ThePublishedSignatureHolds) {
  const auto key = Sm2PublicKey::from_pem(kPublishedKey);
  ASSERT_TRUE(key);
  EXPECT_EQ(key->to_pem(), kPublishedKey);
  EXPECT_TRUE(key->verify(octets("message digest"), signature_of(kPublishedSignature)));
  EXPECT_FALSE(key->verify(octets("message digesu"), signature_of(kPublishedSignature)));
  EXPECT_FALSE(key->verify(octets("message digest"), Sm2Signature{}));
}

TEST(Sm2, EveryBitOfASignatureCounts) {
  const auto key = Sm2PublicKey::from_pem(kPublishedKey);
  for (std::size_t i = 0; i < 512; i += 7) {
    Sm2Signature changed = signature_of(kPublishedSignature);
    changed[i / 8] = static_cast<std::uint8_t>(changed[i / 8] ^ (1U << (i % 8)));
    EXPECT_FALSE(key->verify(octets("message digest"), changed)) << i;
  }
}

TEST(Sm2, AKeyPairLivesThroughItsFiles) {
  const Sm2PrivateKey made = Sm2PrivateKey::generate();
  const auto again = Sm2PrivateKey::from_pem(made.to_pem());
  const auto open = Sm2PublicKey::from_pem(made.public_key().to_pem());
  ASSERT_TRUE(again && open);
  const Sm2Signature signature = again->sign(octets("a line"));
  EXPECT_TRUE(open->verify(octets("a line"), signature));
  EXPECT_EQ(open->fingerprint(), made.public_key().fingerprint());
  EXPECT_FALSE(Sm2PrivateKey::generate().public_key().verify(octets("a line"), signature));
}

TEST(Sm2, WhatIsNoSm2KeyIsNone) {
  // openssl ecparam -name prime256v1 -genkey | openssl ec -pubout
  constexpr std::string_view kOtherCurve =
      "-----BEGIN PUBLIC KEY-----\n"
      "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt\n"
      "6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q==\n"
      "-----END PUBLIC KEY-----\n";
  EXPECT_FALSE(Sm2PublicKey::from_pem(kOtherCurve));
  EXPECT_FALSE(Sm2PublicKey::from_pem(""));
  EXPECT_FALSE(Sm2PublicKey::from_pem({}));  // of no address, as an empty file gives
  EXPECT_FALSE(Sm2PrivateKey::from_pem(storage::SecretBytes()));
  EXPECT_FALSE(Sm2PublicKey::from_pem(kPublishedKey.substr(0, 100)));
  EXPECT_FALSE(Sm2PrivateKey::from_pem(storage::SecretBytes(kPublishedKey)));
}

}  // namespace
}  // namespace ssc::keys
