#include "conformance/engine/match.h"

#include <gtest/gtest.h>

#include "tests/conformance/fakes.h"

namespace ssc::conformance {
namespace {

TEST(MatchesStatus, ValuesMasksAndSets) {
  const apdu::StatusWord tries(0x63C2);
  EXPECT_TRUE(*matches_status(tries, "63C2"));
  EXPECT_TRUE(*matches_status(tries, "63CX"));
  EXPECT_TRUE(*matches_status(tries, "9000 63C2"));
  EXPECT_FALSE(*matches_status(tries, "63C1"));
  EXPECT_FALSE(*matches_status(tries, "9000 6A82"));
}

TEST(MatchesStatus, RefusesWhatIsNoStatusWord) {
  for (const char* text : {"", "900", "90000", "90G0", "9000 63C"})
    EXPECT_FALSE(matches_status(apdu::sw::ok, text)) << text;
}

TEST(FindDifference, ExactMaskedAndOpen) {
  const Bytes data = test::bytes("01020304");
  EXPECT_FALSE(*find_difference(data, "01 02 03 04"));
  EXPECT_FALSE(*find_difference(data, "01 0X XX 04"));
  EXPECT_FALSE(*find_difference(data, "01 02 *"));
  EXPECT_FALSE(*find_difference(data, "01020304*"));
  EXPECT_EQ(**find_difference(data, "01 02 04 04"), 2U);
  EXPECT_EQ(**find_difference(data, "01 02 03"), 3U);
  EXPECT_EQ(**find_difference(data, "01 02 03 04 05"), 4U);
  EXPECT_EQ(**find_difference(data, "01 02 03 04 05 *"), 4U);
  EXPECT_FALSE(*find_difference({}, ""));
  EXPECT_EQ(**find_difference(data, ""), 0U);
}

TEST(FindDifference, RefusesWhatIsNoPattern) {
  for (const char* text : {"0", "01 *02", "GG", "01 2"}) EXPECT_FALSE(find_difference({}, text)) << text;
}

TEST(MatchesGlob, StarsAndMarks) {
  EXPECT_TRUE(matches_glob("PIN-VERIFY-04", "PIN-*"));
  EXPECT_TRUE(matches_glob("PIN-VERIFY-04", "*-0?"));
  EXPECT_TRUE(matches_glob("abcabd", "*abd"));
  EXPECT_FALSE(matches_glob("PIN-VERIFY-04", "PIN"));
  EXPECT_FALSE(matches_glob("", "?"));
  EXPECT_TRUE(matches_glob("", "*"));
}

}  // namespace
}  // namespace ssc::conformance
