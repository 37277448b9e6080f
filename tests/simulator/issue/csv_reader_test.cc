#include "simulator/issue/csv_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace ssc::simulator::issue {
namespace {

using ::testing::ElementsAre;

std::vector<CsvRow> rows_of(const std::string& text) {
  std::istringstream in(text);
  CsvReader reader(in);
  std::vector<CsvRow> rows;
  while (auto row = reader.next()) rows.push_back(*std::move(row));
  return rows;
}

// RFC 4180 §2.
TEST(CsvReader, FieldsQuotesAndLineEnds) {
  const auto rows = rows_of(
      "\xEF\xBB\xBF"
      "a,b\r\n\r\n\"x,1\",\"say \"\"no\"\"\"\n,\n\"two\nlines\",z");
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_THAT(rows[0].fields, ElementsAre("a", "b"));
  EXPECT_THAT(rows[1].fields, ElementsAre("x,1", "say \"no\""));
  EXPECT_EQ(rows[1].line, 3U);
  EXPECT_EQ(rows[1].text, "\"x,1\",\"say \"\"no\"\"\"");
  EXPECT_THAT(rows[2].fields, ElementsAre("", ""));
  EXPECT_THAT(rows[3].fields, ElementsAre("two\nlines", "z"));
  for (const CsvRow& row : rows) EXPECT_TRUE(row.well_formed);
}

TEST(CsvReader, WhatIsNotWellFormedIsSaidAndTheRestGoesOn) {
  const auto rows = rows_of("a\"b,c\n\"x\"y,z\ngood,row\n\"never closed");
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_FALSE(rows[1].well_formed);
  EXPECT_TRUE(rows[2].well_formed);
  EXPECT_FALSE(rows[3].well_formed);
}

TEST(CsvReader, AQuoteThatNeverClosesTakesNoMoreThanALongRow) {
  std::string text = "\"open\n";
  for (int i = 0; i < 100'000; ++i) text += "a line\n";
  const auto rows = rows_of(text);
  EXPECT_FALSE(rows.front().well_formed);
  EXPECT_LT(rows.front().text.size(), 2 * CsvReader::kLongestRow);
  EXPECT_TRUE(rows.back().well_formed);
}

}  // namespace
}  // namespace ssc::simulator::issue
