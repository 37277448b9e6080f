#include "apdu/bytes.h"

#include <gtest/gtest.h>

namespace ssc::apdu {
namespace {

TEST(Bytes, ConcatPutsPartsInARow) {
  EXPECT_EQ(concat({Bytes{1, 2}, Bytes{}, Bytes{3}}), (Bytes{1, 2, 3}));
  EXPECT_TRUE(concat({}).empty());
}

TEST(Bytes, ExclusiveOr) {
  EXPECT_EQ(exclusive_or(Bytes{0xF0, 0xFF}, Bytes{0x0F, 0xFF}), (Bytes{0xFF, 0x00}));
}

TEST(Bytes, BigEndianNumbers) {
  EXPECT_EQ((big_endian<4>(0x01020304)), (std::array<std::uint8_t, 4>{1, 2, 3, 4}));
  EXPECT_EQ((big_endian<2>(0x01020304)), (std::array<std::uint8_t, 2>{3, 4}));
  EXPECT_EQ(number(Bytes{1, 2, 3}), 0x010203U);
  EXPECT_EQ(number({}), 0U);
  EXPECT_EQ(number(big_endian<8>(0xFFFFFFFFFFFFFFFE)), 0xFFFFFFFFFFFFFFFEU);
}

TEST(InplaceBytes, FillsUpToItsCapacity) {
  InplaceBytes<4> bytes;
  for (std::uint8_t i = 0; i < 4; ++i) {
    EXPECT_EQ(bytes.room(), 4U - i);
    bytes.push_back(i);
  }
  EXPECT_EQ(bytes.room(), 0U);
  EXPECT_TRUE(equal(bytes, Bytes{0, 1, 2, 3}));
  bytes.append({});
  bytes.truncate(9);
  EXPECT_EQ(bytes.size(), 4U);
  bytes.truncate(1);
  EXPECT_TRUE(equal(bytes, Bytes{0}));
  bytes.clear();
  EXPECT_TRUE(bytes.empty());
}

TEST(InplaceBytes, EqualMeansTheSameBytesWhateverLiesBehind) {
  InplaceBytes<4> longer(Bytes{1, 2, 3});
  longer.truncate(1);
  EXPECT_EQ(longer, InplaceBytes<4>(Bytes{1}));
  EXPECT_FALSE(longer == InplaceBytes<4>(Bytes{1, 2}));
}

}  // namespace
}  // namespace ssc::apdu
