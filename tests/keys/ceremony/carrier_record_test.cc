#include "keys/ceremony/carrier_record.h"

#include <gtest/gtest.h>

#include "apdu/hex.h"

namespace ssc::keys::ceremony {
namespace {

Bytes record(std::string_view head, std::size_t value_size = 16) {
  Bytes out = apdu::parse_hex(head).value();
  out.resize(out.size() + value_size, 0x55);
  return out;
}

std::uint16_t status(std::string_view head, bool routes, Cipher cipher, std::size_t value_size = 16) {
  const Bytes bytes = record(head, value_size);
  const auto read = read_record(bytes, routes, cipher);
  return read ? 0x9000 : read.error().value();
}

TEST(CarrierRecord, HeadsComeBackAsTheyWere) {
  const Bytes bytes = apdu::parse_hex("4724010317000032").value();
  const Head head = read_head(bytes);
  EXPECT_EQ(head.left, 0x32);
  EXPECT_EQ(head.receivers, kToPsam | kToMotherCard | kToMachine | kWhole);
  EXPECT_TRUE(apdu::equal(octets(head), bytes));
}

TEST(CarrierRecord, LevelsOfRoutes) {
  EXPECT_EQ(read_head(apdu::parse_hex("1010020300000001").value()).level(), 0U);
  EXPECT_EQ(read_head(apdu::parse_hex("1010020399000001").value()).level(), 1U);
  EXPECT_EQ(read_head(apdu::parse_hex("1010020399010001").value()).level(), 2U);
}

TEST(CarrierRecord, ValuesHaveTheAlgorithmsLength) {
  EXPECT_EQ(status("2724010001000005", false, Cipher::kDes), 0x9000);
  EXPECT_EQ(status("2724010101000005", false, Cipher::kDes, 8), 0x9000);
  EXPECT_EQ(status("2724010101000005", false, Cipher::kDes, 16), 0x6A80);
  EXPECT_EQ(status("2724010301000005", false, Cipher::kSm4, 8), 0x6A80);
  EXPECT_EQ(status("2724010301000005", false, Cipher::kDes), 0x6A81);
  EXPECT_EQ(status("2724010201000005", false, Cipher::kSm4), 0x6A81) << "SSF33 is secret";
}

TEST(CarrierRecord, KeysAndRoutesAreNotEachOther) {
  EXPECT_EQ(status("1040010399010005", true, Cipher::kSm4), 0x9000);
  EXPECT_EQ(status("1040010399010005", false, Cipher::kSm4), 0x6A80);
  EXPECT_EQ(status("2724010301000005", true, Cipher::kSm4), 0x6A80);
}

TEST(CarrierRecord, AnythingElseIsNone) {
  EXPECT_EQ(status("2724040301000005", false, Cipher::kSm4), 0x6A80) << "group 4";
  EXPECT_EQ(status("2724010340000005", false, Cipher::kSm4), 0x6A80) << "an unknown receiver";
  EXPECT_EQ(status("2124010301000005", false, Cipher::kSm4), 0x6A80) << "no type";
  EXPECT_EQ(status("104003039A010005", true, Cipher::kSm4), 0x6A80) << "two receivers, no area";
  EXPECT_EQ(status("1040010300010005", true, Cipher::kSm4), 0x6A80) << "a city of no province";
  EXPECT_EQ(status("27240103", false, Cipher::kSm4, 0), 0x6A80) << "too short";
}

}  // namespace
}  // namespace ssc::keys::ceremony
