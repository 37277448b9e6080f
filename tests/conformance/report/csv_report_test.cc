#include "conformance/report/csv_report.h"

#include <gtest/gtest.h>

namespace ssc::conformance {
namespace {

// RFC 4180 §2; a field that begins as a formula does is shown, not computed.
TEST(CsvField, IsQuotedWhereItMustBe) {
  EXPECT_EQ(csv_field("plain"), "plain");
  EXPECT_EQ(csv_field(""), "");
  EXPECT_EQ(csv_field("a,b"), "\"a,b\"");
  EXPECT_EQ(csv_field("say \"no\""), "\"say \"\"no\"\"\"");
  EXPECT_EQ(csv_field("two\nlines"), "\"two\nlines\"");
  EXPECT_EQ(csv_field("=1+1"), "'=1+1");
  EXPECT_EQ(csv_field("@x,y"), "\"'@x,y\"");
}

}  // namespace
}  // namespace ssc::conformance
