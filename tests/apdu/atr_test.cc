#include "apdu/atr.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "apdu/hex.h"

namespace ssc::apdu {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Bytes hex(std::string_view text) { return parse_hex(text).value(); }

std::string error_of(std::string_view text) {
  const auto atr = parse_atr(hex(text));
  return atr ? "no error" : atr.error().what;
}

TEST(Atr, ReadsTheCardsOfTheField) {
  for (const auto* text : {"3B6D000000814A444686605199000001AC", "3B6D000000814E43238697159900BF7C7A"}) {
    const auto atr = parse_atr(hex(text));
    ASSERT_TRUE(atr.has_value()) << atr.error().what;
    EXPECT_EQ(atr->historical.size(), kHistoricalSize);
    EXPECT_FALSE(atr->has_tck());
    EXPECT_THAT(departures_from_standard(*atr), IsEmpty());
    EXPECT_EQ(to_hex(encode(*atr)), text);
  }
}

// Part 9 §7.3.3: historical bytes 6 to 13.
TEST(Atr, TheCardFactorIsItsLastEightHistoricalBytes) {
  const auto atr = parse_atr(hex("3B6D000000814A444686605199000001AC"));
  ASSERT_TRUE(atr && atr->card_factor());
  EXPECT_EQ(to_hex(*atr->card_factor()), "86605199000001AC");
  EXPECT_FALSE(parse_atr(hex("3B0200FF"))->card_factor());
}

TEST(Atr, BuildsWhatPart2Says) {
  EXPECT_EQ(to_hex(build_atr(hex("0081 4A4446 8699 9901 00000001")).value()),
            "3B6D000000814A44468699990100000001");
  ASSERT_FALSE(build_atr(hex("0081")).has_value());
  EXPECT_THAT(build_atr(hex("0081")).error().what, HasSubstr("2 historical bytes"));
}

// ISO/IEC 7816-3 8.2.5: TCK is the exclusive or of T0 to the last historical byte.
TEST(Atr, ChecksumOnlyWhenAnotherProtocolIsAnnounced) {
  const auto atr = parse_atr(hex("3B82 80 1F 43 4142 5D"));
  ASSERT_TRUE(atr.has_value()) << atr.error().what;
  EXPECT_TRUE(atr->has_tck());
  EXPECT_EQ(to_hex(encode(*atr)), "3B82801F4341425D");
  EXPECT_THAT(error_of("3B82 80 1F 43 4142 5E"), HasSubstr("TCK is 5E, must be 5D"));
  EXPECT_THAT(error_of("3B82 80 1F 43 4142"), HasSubstr("TCK is missing"));
  EXPECT_THAT(error_of("3B02 4142 00"), HasSubstr("1 bytes too many"));
}

TEST(Atr, SaysWhereItEnds) {
  EXPECT_THAT(error_of(""), HasSubstr("0 bytes"));
  EXPECT_THAT(error_of("3B"), HasSubstr("1 bytes"));
  EXPECT_THAT(error_of("3C00"), HasSubstr("TS is 3C"));
  EXPECT_THAT(error_of("3B6D00"), HasSubstr("ends before TC1"));
  EXPECT_THAT(error_of("3B8080"), HasSubstr("ends before TD2"));
  EXPECT_THAT(error_of("3B030102"), HasSubstr("3 historical bytes announced, 2 there"));
  EXPECT_THAT(error_of(std::string(68, '3')), HasSubstr("33 are the most"));
}

TEST(Atr, EveryHeadOfAGoodAtrIsRefused) {
  const Bytes good = hex("3B82801F4341425D");
  for (std::size_t size = 0; size < good.size(); ++size)
    EXPECT_FALSE(parse_atr(ByteView(good).first(size)).has_value()) << size;
}

TEST(Atr, NamesEachDepartureFromTheStandard) {
  const auto departures = [](std::string_view text) {
    const auto atr = parse_atr(hex(text));
    return atr ? departures_from_standard(*atr) : std::vector<std::string>{atr.error().what};
  };
  EXPECT_THAT(departures("3F6D000000814A444686605199000001AC"), ElementsAre("TS is 3F, must be 3B"));
  EXPECT_THAT(departures("3B6D250000814A444686605199000001AC"), ElementsAre("TB1 is not 00"));
  EXPECT_THAT(departures("3B6400000081 4A44"), ElementsAre("4 historical bytes, must be 13"));
  EXPECT_THAT(departures("3B0D00814A444686605199000001AC"), ElementsAre("T0 announces 0x, not allowed"));
  const std::string with_class = "3B8D801F4300814A444686605199000001AC";
  std::uint8_t tck = 0x3B;
  for (const std::uint8_t byte : hex(with_class)) tck ^= byte;
  EXPECT_THAT(departures(with_class + to_hex(Bytes{tck})), IsEmpty());
  const auto no_class = static_cast<std::uint8_t>(tck ^ 0x43 ^ 0xC4);
  EXPECT_THAT(departures("3B8D801FC400814A444686605199000001AC" + to_hex(Bytes{no_class})),
              ElementsAre(HasSubstr("clock stop 3"), HasSubstr("class 4")));
}

}  // namespace
}  // namespace ssc::apdu
