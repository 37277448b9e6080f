#include "apdu/data_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "apdu/hex.h"

namespace ssc::apdu {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::StartsWith;

Bytes hex(std::string_view text) { return parse_hex(text).value(); }

std::vector<std::string> describe(std::string_view data, CommandId id, Direction direction,
                                  const SensitiveRanges& hidden = {}) {
  const Bytes bytes = hex(data);
  const CommandRow* row = find_command(card_commands(), id);
  return describe_data(MaskedView(bytes, hidden), row, 0x00, direction, Language::kEnglish);
}

TEST(LikelyText, TakesNamesAndNumbersAndNothingElse) {
  EXPECT_EQ(likely_text(hex("3939303130303139393030333037303036 58")), "99010019900307006X");
  EXPECT_EQ(likely_text(hex("D5C5C8FD 0000")), "张三");
  EXPECT_EQ(likely_text(hex("D5C5A1A4C8FD")), "张·三");
  for (const auto* bytes : {"", "00", "31", "19900307", "FFFF", "D5C5C8", "1122", "2024", "31320033"})
    EXPECT_EQ(likely_text(hex(bytes)), "") << bytes;
}

TEST(DescribeData, ARecordShowsTagAndLength) {
  EXPECT_THAT(describe("0302 3331", CommandId::kReadRecord, Direction::kResponse),
              ElementsAre("03 02  33 31                                            \"31\""));
}

TEST(DescribeData, SeveralRecordsStandInLines) {
  EXPECT_THAT(describe("010120 020221FF", CommandId::kReadRecord, Direction::kResponse),
              ElementsAre("01 01  20", "02 02  21 FF"));
}

TEST(DescribeData, WhatIsNoRecordIsPlain) {
  EXPECT_THAT(describe("0109 20", CommandId::kReadRecord, Direction::kResponse), ElementsAre("01 09 20"));
  EXPECT_THAT(describe("", CommandId::kReadRecord, Direction::kResponse), IsEmpty());
}

TEST(DescribeData, AHiddenLengthIsNotGivenAwayByTheLayout) {
  SensitiveRanges all;
  all.add(0, 6);
  EXPECT_THAT(describe("010120 010121", CommandId::kReadRecord, Direction::kResponse, all),
              ElementsAre("** ** ** ** ** **"));
}

TEST(DescribeData, MissingFieldsAreLeftOutAndSurplusIsShown) {
  EXPECT_THAT(describe("1122", CommandId::kGetTransactionProof, Direction::kCommand),
              ElementsAre(StartsWith("11 22  ")));
  EXPECT_THAT(describe("112233", CommandId::kGetTransactionProof, Direction::kCommand),
              ElementsAre(StartsWith("11 22  "), "33"));
  EXPECT_THAT(describe("AABBCCDD", CommandId::kPinReload, Direction::kCommand),
              ElementsAre(StartsWith("AA BB CC DD ")));
}

TEST(DescribeData, AnElasticFieldLeavesTheOthersTheirBytes) {
  EXPECT_THAT(describe("0102030405060708 AABBCCDD", CommandId::kPinReload, Direction::kCommand),
              ElementsAre(StartsWith("01 02 03 04 05 06 07 08  "), StartsWith("AA BB CC DD ")));
}

}  // namespace
}  // namespace ssc::apdu
