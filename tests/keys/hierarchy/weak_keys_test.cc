#include "keys/hierarchy/weak_keys.h"

#include <gtest/gtest.h>

#include "apdu/hex.h"

namespace ssc::keys::hierarchy {
namespace {

Key des(std::string_view hex) { return Key(Cipher::kDes, apdu::parse_hex(hex).value()); }
Key sm4(std::string_view hex) { return Key(Cipher::kSm4, apdu::parse_hex(hex).value()); }

// NIST SP 800-67 rev. 2 §3.3.2.
constexpr std::string_view kListed[] = {
    "0101010101010101", "FEFEFEFEFEFEFEFE", "E0E0E0E0F1F1F1F1", "1F1F1F1F0E0E0E0E",
    "011F011F010E010E", "1F011F010E010E01", "01E001E001F101F1", "E001E001F101F101",
    "01FE01FE01FE01FE", "FE01FE01FE01FE01", "1FE01FE00EF10EF1", "E01FE01FF10EF10E",
    "1FFE1FFE0EFE0EFE", "FE1FFE1FFE0EFE0E", "E0FEE0FEF1FEF1FE", "FEE0FEE0FEF1FEF1"};

TEST(Weakness, OfEveryListedKeyAndOfATripleKeyWithOneHalfOfIt) {
  for (const std::string_view listed : kListed) {
    EXPECT_TRUE(weakness_of(des(listed))) << listed;
    EXPECT_TRUE(weakness_of(des(std::string(listed) + "0011223344556677"))) << listed;
    EXPECT_TRUE(weakness_of(des("0011223344556677" + std::string(listed)))) << listed;
  }
}

TEST(Weakness, DoesNotGoByParity) {
  EXPECT_EQ(weakness_of(des("0000000000000000")), "a weak DES key");
  EXPECT_EQ(weakness_of(des("001E011E000F010F")), "a semi-weak DES key");
  EXPECT_EQ(weakness_of(des("00112233445566770110233245546776")), "equal halves, which is single DES");
}

TEST(Weakness, OfSm4IsThatOfAConstant) {
  EXPECT_EQ(weakness_of(sm4("01010101010101010101010101010101")), "all bytes equal");
  EXPECT_FALSE(weakness_of(sm4("00112233445566770011223344556677")));
}

TEST(Weakness, OfAnOrdinaryKeyIsNone) {
  EXPECT_FALSE(weakness_of(des("00112233445566778899AABBCCDDEEFF")));
  EXPECT_FALSE(weakness_of(des("0011223344556677")));
}

TEST(SameKey, PassesOverTheParityOfDesAlone) {
  EXPECT_TRUE(same_key(des("0011223344556677"), des("0110233245546776")));
  EXPECT_FALSE(same_key(des("0011223344556677"), des("0211223344556677")));
  EXPECT_FALSE(same_key(sm4("00112233445566778899AABBCCDDEEFF"), sm4("01112233445566778899AABBCCDDEEFF")));
  EXPECT_FALSE(same_key(des("00112233445566778899AABBCCDDEEFF"), sm4("00112233445566778899AABBCCDDEEFF")));
  EXPECT_FALSE(same_key(des("0011223344556677"), des("00112233445566770011223344556677")));
}

}  // namespace
}  // namespace ssc::keys::hierarchy
