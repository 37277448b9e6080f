#include "apdu/hex.h"

#include <gtest/gtest.h>

namespace ssc::apdu {
namespace {

TEST(Hex, WritesUpperCase) {
  EXPECT_EQ(to_hex(Bytes{0x00, 0xA4, 0xff}), "00A4FF");
  EXPECT_EQ(to_hex(Bytes{0x00, 0xA4, 0xff}, ' '), "00 A4 FF");
  EXPECT_EQ(to_hex({}), "");
  EXPECT_EQ(to_hex(Bytes{0x0A}, ':'), "0A");
}

TEST(Hex, EveryByteGoesThereAndBackInEitherCase) {
  for (unsigned value = 0; value <= 0xFF; ++value) {
    const Bytes byte{static_cast<std::uint8_t>(value)};
    std::string text = to_hex(byte);
    EXPECT_EQ(parse_hex(text).value(), byte);
    for (char& c : text) c = static_cast<char>(std::tolower(c));
    EXPECT_EQ(parse_hex(text).value(), byte);
  }
}

TEST(Hex, PassesOverBlanksBetweenBytes) {
  const Bytes wanted{0x00, 0xA4, 0x04};
  for (const auto* text : {"00A404", "00 A4 04", " 00\tA4\n04\r\n", "00  a404"})
    EXPECT_EQ(parse_hex(text).value(), wanted);
  EXPECT_TRUE(parse_hex("")->empty());
  EXPECT_TRUE(parse_hex(" \n")->empty());
}

TEST(Hex, SaysWhatIsWrongAndWhere) {
  struct Case {
    const char* text;
    std::size_t position;
    const char* what;
  };
  for (const Case& wrong :
       {Case{"0", 1, "odd number of digits"}, Case{"00A", 3, "odd number of digits"},
        Case{"00G0", 2, "'G' is no hexadecimal digit"}, Case{"0 0", 1, "a byte of one digit"},
        Case{"0x00", 1, "'x' is no hexadecimal digit"}}) {
    const auto bytes = parse_hex(wrong.text);
    ASSERT_FALSE(bytes.has_value()) << wrong.text;
    EXPECT_EQ(bytes.error().position, wrong.position);
    EXPECT_EQ(bytes.error().what, wrong.what);
  }
}

}  // namespace
}  // namespace ssc::apdu
