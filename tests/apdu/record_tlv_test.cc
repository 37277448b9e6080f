#include "apdu/record_tlv.h"

#include <gtest/gtest.h>

#include "apdu/hex.h"

namespace ssc::apdu {
namespace {

Bytes hex(std::string_view text) { return parse_hex(text).value(); }

TEST(RecordTlv, ARecordIsOneItem) {
  const Bytes record = hex("08 12 393930313030313939303033303730303658");
  const auto item = parse_record(record);
  ASSERT_TRUE(item.has_value());
  EXPECT_EQ(item->tag, 0x08);
  EXPECT_EQ(std::string(item->value.begin(), item->value.end()), "99010019900307006X");
  EXPECT_EQ(encode_record(item->tag, item->value), record);
}

TEST(RecordTlv, EveryLengthGoesThereAndBack) {
  for (std::size_t size = 0; size <= 0xFF; ++size) {
    const Bytes value(size, 0xA5);
    const Bytes record = encode_record(0x4E, value);
    ASSERT_EQ(record.size(), size + 2);
    EXPECT_TRUE(equal(parse_record(record)->value, value));
  }
}

TEST(RecordTlv, TheLengthByteMustAgree) {
  for (const auto* wrong : {"", "08", "0801", "080211", "08011122", "08FF11"})
    EXPECT_FALSE(parse_record(hex(wrong)).has_value()) << wrong;
  EXPECT_EQ(parse_record(hex("080211")).error().what, "length 02 but 1 bytes follow");
  EXPECT_EQ(parse_record(hex("08011122")).error().position, 3U);
}

TEST(RecordTlv, ARowHoldsItemsOneAfterTheOther) {
  const Bytes row = hex("40 02 1122 41 00 42 01 33");
  const auto items = parse_records(row);
  ASSERT_TRUE(items.has_value());
  ASSERT_EQ(items->size(), 3U);
  EXPECT_EQ((*items)[0].tag, 0x40);
  EXPECT_TRUE((*items)[1].value.empty());
  EXPECT_EQ(to_hex((*items)[2].value), "33");
  EXPECT_TRUE(parse_records({})->empty());
}

TEST(RecordTlv, ABrokenRowSaysWhere) {
  const Bytes row = hex("40 02 1122 41 05 33");
  const auto items = parse_records(row);
  ASSERT_FALSE(items.has_value());
  EXPECT_EQ(items.error().position, 5U);
  EXPECT_EQ(items.error().what, "length 05 but 1 bytes follow");
}

}  // namespace
}  // namespace ssc::apdu
