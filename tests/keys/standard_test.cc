// Rules that no single vector shows; the vectors are in known_answers_test.cc.
#include "keys/standard.h"

#include <gtest/gtest.h>

#include "apdu/hex.h"

namespace ssc::keys {
namespace {

using apdu::to_hex;

Bytes hex(std::string_view text) { return apdu::parse_hex(text).value(); }

Key key16(Cipher cipher) { return {cipher, hex("00112233445566778899AABBCCDDEEFF")}; }
SessionKey session(Cipher cipher) {
  return {cipher, ByteView(hex("00112233445566778899AABBCCDDEEFF")).first(block_size(cipher))};
}

// The cipher text of a record put together by hand, as a careless writer would send it.
InplaceBytes<128> raw_record(const SessionKey& key, std::string_view record) {
  return encipher_blocks(key.key(), hex(record));
}

TEST(Mac, PartsInARowAreOneText) {
  for (const Cipher cipher : {Cipher::kDes, Cipher::kSm4}) {
    const SessionKey key = session(cipher);
    const Bytes header = hex("04D6850018");
    const Bytes data(200, 0x5A);
    const Bytes joined = apdu::concat({header, data});
    EXPECT_EQ(mac(key, {header, data}), mac(key, {joined}));
    EXPECT_EQ(mac(key, {joined, {}}), mac(key, {joined}));
    EXPECT_NE(mac(key, {joined}), mac(key, {header}));
  }
}

TEST(EncipheredData, EveryLengthComesBack) {
  for (const Cipher cipher : {Cipher::kDes, Cipher::kSm4}) {
    const SessionKey key = session(cipher);
    for (std::size_t size = 1; size <= 40; ++size) {
      const Bytes plain(size, 0x80);  // looks like padding
      const auto text = encipher(key, plain);
      EXPECT_EQ(text.size(), (size + 1 + block_size(cipher) - 1) / block_size(cipher) * block_size(cipher));
      const auto back = decipher(key, text);
      ASSERT_TRUE(back.has_value()) << size;
      EXPECT_EQ(to_hex(*back), to_hex(plain));
    }
  }
}

TEST(EncipheredData, AnEmptyPlainNeedsAnEightByteBlock) {
  EXPECT_TRUE(decipher(session(Cipher::kDes), encipher(session(Cipher::kDes), {}))->empty());
  EXPECT_FALSE(decipher(session(Cipher::kSm4), encipher(session(Cipher::kSm4), {})).has_value());
}

TEST(EncipheredData, BrokenRecordsAreRefused) {
  const SessionKey key = session(Cipher::kDes);
  ASSERT_TRUE(decipher(key, raw_record(key, "0312345680000000")).has_value());
  for (const std::string_view record : {
           "0812345680000000",                  // LD beyond the text
           "FF12345680000000",                  // LD beyond every text
           "0312345600000000",                  // no 80
           "0312345680000001",                  // a byte after the padding
           "0312345681000000",                  // 81 for 80
           "03123456800000000000000000000000",  // a block of padding too many
           "07123456800000008000000000000000",  // padding of a record that needs none
       }) {
    EXPECT_FALSE(decipher(key, raw_record(key, record)).has_value()) << record;
  }
}

TEST(EncipheredData, OddSizesAreRefused) {
  for (const std::size_t size : {0U, 1U, 7U, 9U, 47U, 49U, 56U}) {
    EXPECT_FALSE(decipher(session(Cipher::kDes), Bytes(size)).has_value()) << size;
  }
  EXPECT_FALSE(decipher(session(Cipher::kSm4), Bytes(8)).has_value());
}

TEST(KeyRecord, IsEncipheredUnderTheMasterKeyItself) {
  const Bytes record = hex("672E000300000000404142434445464748494A4B4C4D4E4F");
  for (const Cipher cipher : {Cipher::kDes, Cipher::kSm4}) {
    const auto text = encipher_key_record(key16(cipher), record);
    EXPECT_EQ(text.size(), 32U);
    EXPECT_EQ(to_hex(decipher_key_record(key16(cipher), text).value()), to_hex(record));
  }
}

TEST(KeyLoadingMac, AShortChallengeIsFilledWithZeros) {
  for (const Cipher cipher : {Cipher::kDes, Cipher::kSm4}) {
    EXPECT_EQ(key_loading_mac(key16(cipher), hex("A1B2C3D4"), {hex("84D4001104")}),
              key_loading_mac(key16(cipher), hex("A1B2C3D400000000"), {hex("84D4001104")}));
  }
}

TEST(SessionKey, HasTheSizeOfTheBlock) {
  EXPECT_EQ(session_key(key16(Cipher::kDes), hex("A1B2C3D4")).key().size(), 8U);
  EXPECT_EQ(session_key(key16(Cipher::kSm4), hex("A1B2C3D4")).key().size(), 16U);
}

TEST(Diversify, NoFactorGivesTheKeyItself) {
  EXPECT_EQ(diversify(key16(Cipher::kSm4), std::span<const Factor>()), key16(Cipher::kSm4));
}

}  // namespace
}  // namespace ssc::keys
