#include "apdu/command.h"

#include <gtest/gtest.h>

#include "apdu/hex.h"

namespace ssc::apdu {
namespace {

Bytes hex(std::string_view text) { return parse_hex(text).value(); }

Bytes apdu(std::string_view header, std::size_t prefix_zeros, std::size_t filler) {
  Bytes out = hex(header);
  out.insert(out.end(), prefix_zeros, 0x00);
  out.insert(out.end(), filler, 0x5A);
  return out;
}

TEST(DecodeCommand, ReadsTheSevenCases) {
  struct Case {
    const char* bytes;
    std::optional<std::uint16_t> lc;
    std::optional<std::uint32_t> le;
    int iso_case;
    bool extended;
  };
  const Case cases[] = {
      {"00840000", {}, {}, 1, false},
      {"0084000008", {}, 8, 2, false},
      {"00B0950000", {}, 256, 2, false},
      {"841E00010411223344", 4, {}, 3, false},
      {"00A4040002DF0100", 2, 256, 4, false},
      {"00A4040002DF011C", 2, 0x1C, 4, false},
      {"00B09500000100", {}, 256, 2, true},
      {"00B09500000000", {}, 65536, 2, true},
      {"00D69500000002AABB", 2, {}, 3, true},
      {"00D69500000002AABB0000", 2, 65536, 4, true},
      {"00D69500000002AABB0010", 2, 16, 4, true},
  };
  for (const Case& expected : cases) {
    SCOPED_TRACE(expected.bytes);
    const Bytes bytes = hex(expected.bytes);
    const auto command = decode_command(bytes);
    ASSERT_TRUE(command.has_value()) << command.error().what;
    EXPECT_EQ(command->lc, expected.lc);
    EXPECT_EQ(command->le, expected.le);
    EXPECT_EQ(command->iso_case(), expected.iso_case);
    EXPECT_EQ(command->extended, expected.extended);
    EXPECT_EQ(command->data.size(), expected.lc.value_or(0));
    EXPECT_EQ(to_hex(encode(*command)), expected.bytes);
  }
}

TEST(DecodeCommand, KeepsHeaderAndData) {
  const Bytes bytes = hex("84 24 00 01 0C 0102030405060708 AABBCCDD");
  const auto command = decode_command(bytes);
  ASSERT_TRUE(command.has_value());
  EXPECT_EQ(command->header(), (Header{0x84, 0x24, 0x00, 0x01}));
  EXPECT_EQ(to_hex(command->data), "0102030405060708AABBCCDD");
}

TEST(DecodeCommand, NeedsAHeader) {
  for (const auto* bytes : {"", "00", "0084", "008400"}) {
    SCOPED_TRACE(bytes);
    EXPECT_FALSE(header_of(hex(bytes)).has_value());
    ASSERT_FALSE(decode_command(hex(bytes)).has_value());
    EXPECT_NE(decode_command(hex(bytes)).error().what.find("a header has 4"), std::string::npos);
  }
}

TEST(DecodeCommand, ALoneZeroIsLcWhereTheRowSaysSo) {
  const auto as_lc = decode_command(hex("0020000000"), LoneByte::kLc);
  ASSERT_TRUE(as_lc.has_value());
  EXPECT_EQ(as_lc->lc, 0);
  EXPECT_EQ(as_lc->le, std::nullopt);
  EXPECT_EQ(to_hex(encode(*as_lc)), "0020000000");

  const auto without = decode_command(hex("00200000"), LoneByte::kLc);
  ASSERT_TRUE(without.has_value());
  EXPECT_EQ(without->lc, std::nullopt);
  EXPECT_TRUE(without->data.empty());
}

TEST(DecodeCommand, ALoneLcWithoutItsDataIsMalformed) {
  for (unsigned lc = 1; lc <= 0xFF; ++lc) {
    Bytes bytes = hex("00200000");
    bytes.push_back(static_cast<std::uint8_t>(lc));
    EXPECT_FALSE(decode_command(bytes, LoneByte::kLc).has_value()) << lc;
    EXPECT_EQ(decode_command(bytes, LoneByte::kLe)->le, lc);
  }
}

// ISO/IEC 7816-3 12.1: for each short Lc exactly two body lengths are APDUs.
TEST(DecodeCommand, AcceptsExactlyTwoBodyLengthsForEachShortLc) {
  for (std::size_t lc = 1; lc <= 0xFF; ++lc) {
    for (std::size_t rest = 1; rest <= 0x101; ++rest) {
      Bytes bytes = apdu("00D60000", 0, 0);
      bytes.push_back(static_cast<std::uint8_t>(lc));
      bytes.resize(bytes.size() + rest, 0xA5);
      const auto command = decode_command(bytes);
      ASSERT_EQ(command.has_value(), rest == lc || rest == lc + 1) << lc << " " << rest;
      if (command) {
        ASSERT_EQ(command->lc, lc);
      }
    }
  }
}

TEST(DecodeCommand, AcceptsExactlyTwoBodyLengthsForEachExtendedLc) {
  for (const std::size_t lc : {1U, 2U, 0xFFU, 0x100U, 0x101U, 0xFFFFU}) {
    for (std::size_t rest = lc - 1; rest <= lc + 4; ++rest) {
      Bytes bytes = hex("00D6000000");
      for (const std::uint8_t byte : big_endian<2>(lc)) bytes.push_back(byte);
      bytes.resize(bytes.size() + rest, 0xA5);
      const auto command = decode_command(bytes);
      const bool case_2e = rest == 0;
      EXPECT_EQ(command.has_value(), case_2e || rest == lc || rest == lc + 2) << lc << " " << rest;
    }
  }
}

TEST(DecodeCommand, RefusesHalfAnExtendedLength) {
  for (const auto* bytes : {"00B000000000", "00B000000001", "00B00000000000A5", "00B0000000000012"}) {
    EXPECT_FALSE(decode_command(hex(bytes)).has_value()) << bytes;
  }
}

TEST(Encode, ChoosesTheExtendedFormOnlyWhenALengthNeedsIt) {
  const Bytes longest_short(0xFF, 0x11);
  const Bytes shortest_long(0x100, 0x11);
  EXPECT_EQ(encode({.ins = 0xD6, .lc = 0xFF, .data = longest_short}).size(), 5U + 0xFF);
  EXPECT_EQ(encode({.ins = 0xD6, .lc = 0x100, .data = shortest_long}).size(), 7U + 0x100);
  EXPECT_EQ(to_hex(encode({.ins = 0xB0, .le = 0x100})), "00B0000000");
  EXPECT_EQ(to_hex(encode({.ins = 0xB0, .le = 0x101})), "00B00000000101");
  EXPECT_EQ(to_hex(encode({.ins = 0xB0, .le = 0x10000})), "00B00000000000");
  EXPECT_EQ(encode({.ins = 0xD6, .lc = 0xFF, .data = longest_short, .le = 0x101}).size(), 7U + 0xFF + 2);
}

TEST(Encode, GivesBackEveryApduOfUpToSevenBodyBytesOfFewValues) {
  const std::uint8_t values[] = {0x00, 0x01, 0x02, 0x03, 0xFF};
  for (unsigned length = 0; length <= 7; ++length) {
    std::size_t combinations = 1;
    for (unsigned i = 0; i < length; ++i) combinations *= std::size(values);
    for (std::size_t n = 0; n < combinations; ++n) {
      Bytes bytes = hex("00D68100");
      for (std::size_t i = 0, rest = n; i < length; ++i, rest /= std::size(values))
        bytes.push_back(values[rest % std::size(values)]);
      for (const LoneByte lone : {LoneByte::kLe, LoneByte::kLc}) {
        const auto command = decode_command(bytes, lone);
        if (command) {
          ASSERT_EQ(to_hex(encode(*command)), to_hex(bytes));
        }
      }
    }
  }
}

}  // namespace
}  // namespace ssc::apdu
