#include "apdu/status_word.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace ssc::apdu {
namespace {

TEST(StatusWord, PrintsFourDigits) {
  EXPECT_EQ(to_string(sw::ok), "9000");
  EXPECT_EQ(to_string(sw::tries_left(2)), "63C2");
  EXPECT_EQ(to_string(sw::bytes_available(0x1E)), "611E");
  EXPECT_EQ(to_string(StatusWord(0x00, 0x0F)), "000F");
}

TEST(StatusWord, FamiliesCarryTheirNumber) {
  EXPECT_EQ(sw::bytes_available(256), StatusWord(0x6100));
  EXPECT_EQ(sw::wrong_le(4), StatusWord(0x6C04));
  EXPECT_EQ(sw::tries_left(16), StatusWord(0x63CF));
}

TEST(StatusWord, EachFamilyHasOneMeaning) {
  for (unsigned low = 0; low <= 0xFF; ++low) {
    const auto sw2 = static_cast<std::uint8_t>(low);
    EXPECT_EQ(meaning({0x61, sw2}).name, "bytes_available");
    EXPECT_EQ(meaning({0x6C, sw2}).name, "wrong_le");
    EXPECT_EQ(meaning({0x63, sw2}).name, (low >> 4) == 0xC ? "tries_left" : "unlisted");
  }
}

// Part 5 table 5 and the tables of its clauses 6 and 7; 9405 is of the key carriers.
TEST(StatusWord, TheListedWordsAreNamedAndNoOther) {
  const std::set<unsigned> listed = {0x9000, 0x6581, 0x6700, 0x6901, 0x6981, 0x6982, 0x6983, 0x6984,
                                     0x6985, 0x6986, 0x6987, 0x6988, 0x6A80, 0x6A81, 0x6A82, 0x6A83,
                                     0x6A84, 0x6A85, 0x6A86, 0x6A88, 0x6B00, 0x6D00, 0x6E00, 0x6F00,
                                     0x9302, 0x9303, 0x9401, 0x9402, 0x9403, 0x9405, 0x9406};
  std::set<std::string_view> names;
  for (unsigned value = 0; value <= 0xFFFF; ++value) {
    const StatusWord status{static_cast<std::uint16_t>(value)};
    if (family(status) != status || value == 0x6100 || value == 0x63C0 || value == 0x6C00) continue;
    const StatusMeaning& row = meaning(status);
    EXPECT_EQ(row.name != "unlisted", listed.contains(value)) << to_string(status);
    EXPECT_FALSE(row.english.empty() || row.chinese.empty());
    EXPECT_TRUE(!listed.contains(value) || names.insert(row.name).second) << row.name;
  }
}

}  // namespace
}  // namespace ssc::apdu
