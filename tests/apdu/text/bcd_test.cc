#include "apdu/text/bcd.h"

#include <gtest/gtest.h>

#include "apdu/hex.h"

namespace ssc::apdu {
namespace {

Bytes hex(std::string_view text) { return parse_hex(text).value(); }

// vectors.json, PIN-BCD; V2.0 notice §7.
TEST(Bcd, TwoDigitsAByteFilledWithF) {
  const std::pair<const char*, const char*> cases[] = {
      {"123456", "123456"}, {"12345", "12345F"}, {"0", "0F"}, {"", ""}, {"19900307", "19900307"}};
  for (const auto& [digits, bytes] : cases) {
    EXPECT_EQ(to_hex(encode_bcd(digits).value()), bytes);
    EXPECT_EQ(decode_bcd(hex(bytes)).value(), digits);
  }
}

TEST(Bcd, FillsAFieldOfFixedSize) {
  EXPECT_EQ(to_hex(encode_bcd("12345", 4).value()), "12345FFF");
  EXPECT_EQ(to_hex(encode_bcd("", 2).value()), "FFFF");
  EXPECT_EQ(decode_bcd(hex("FFFF")).value(), "");
  EXPECT_EQ(to_hex(encode_bcd("12345678", 4).value()), "12345678");
  EXPECT_EQ(encode_bcd("123456789", 4).error().what, "9 digits; 4 bytes hold 8");
}

TEST(Bcd, EveryByteIsDigitsOrFillOrWrong) {
  for (unsigned value = 0; value <= 0xFF; ++value) {
    const Bytes byte{static_cast<std::uint8_t>(value)};
    const unsigned high = value >> 4;
    const unsigned low = value & 0x0F;
    const bool good = (high <= 9 && (low <= 9 || low == 0xF)) || value == 0xFF;
    const auto digits = decode_bcd(byte);
    ASSERT_EQ(digits.has_value(), good) << value;
    if (digits) {
      EXPECT_EQ(encode_bcd(*digits, 1).value(), byte);
    }
  }
}

TEST(Bcd, SaysWhichCharacterIsWrong) {
  EXPECT_EQ(encode_bcd("12X4").error().position, 2U);
  EXPECT_EQ(encode_bcd("12X4").error().what, "'X' is no digit");
  EXPECT_EQ(decode_bcd(hex("12FF34")).error().position, 2U);
  EXPECT_EQ(decode_bcd(hex("12FF34")).error().what, "digit 3 after the fill F");
  EXPECT_EQ(decode_bcd(hex("1A")).error().what, "A is no digit");
}

}  // namespace
}  // namespace ssc::apdu
