#include "keys/pin.h"

#include <gtest/gtest.h>

#include "apdu/hex.h"

namespace ssc::keys {
namespace {

std::string bcd(std::string_view digits) { return apdu::to_hex(pin_bytes(digits).value()); }

TEST(PinBytes, TwoDigitsAByteAndFWhenOneIsMissing) {
  EXPECT_EQ(bcd(""), "");
  EXPECT_EQ(bcd("1234"), "1234");
  EXPECT_EQ(bcd("12345"), "12345F");
  EXPECT_EQ(bcd("0123456789012345"), "0123456789012345");
}

TEST(PinBytes, RefusesWhatIsNoPin) {
  for (const char* text : {"12a4", "12 34", "-123", "01234567890123456"}) {
    EXPECT_FALSE(pin_bytes(text).has_value()) << text;
  }
}

TEST(PinBlock, FillsOneBlock) {
  const auto pin = pin_bytes("123456").value();
  EXPECT_EQ(apdu::to_hex(pin_block(Cipher::kDes, pin)), "0312345680000000");
  EXPECT_EQ(apdu::to_hex(pin_block(Cipher::kSm4, pin)), "03123456800000000000000000000000");
}

TEST(Pin, IsAtMostSixteenDigits) {
  ASSERT_TRUE(Pin::of("0123456789012345"));
  EXPECT_EQ(Pin::of("0123456789012345")->reveal(), "0123456789012345");
  EXPECT_FALSE(Pin::of("01234567890123456"));
  EXPECT_FALSE(Pin::of("12345a"));
  EXPECT_FALSE(Pin::of(" 123456"));
}

TEST(Pin, EqualsItsDigitsAlone) {
  EXPECT_EQ(*Pin::of("123456"), *Pin::of("123456"));
  EXPECT_NE(*Pin::of("123456"), *Pin::of("123457"));
  EXPECT_NE(*Pin::of("123456"), *Pin::of("12345"));
  EXPECT_EQ(*Pin::of(""), Pin());
  EXPECT_TRUE(Pin().empty());
}

}  // namespace
}  // namespace ssc::keys
