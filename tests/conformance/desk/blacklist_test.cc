#include "conformance/desk/blacklist.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <thread>

#include "tests/simulator/store/temporary_folder.h"

namespace ssc::conformance::desk {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr const char* kHeader = "identification_code,card_number,card_number_to,since\n";
const BlacklistRow kLost{"990100D15600000500000001FFFFFFFF", "A99010016", "", "2026-01-31T10:00:00Z"};

class BlacklistTest : public ::testing::Test {
 protected:
  std::filesystem::path file() const { return folder_.path() / "blacklist.csv"; }
  void write(const std::string& text) { std::ofstream(file(), std::ios::binary) << text; }
  std::string text() {
    std::ostringstream out;
    out << std::ifstream(file(), std::ios::binary).rdbuf();
    return out.str();
  }
  std::string error_of(const std::string& rows) {
    write(kHeader + rows);
    const auto loaded = load_blacklist(file());
    return loaded ? "" : loaded.error().to_string();
  }
  simulator::test::TemporaryFolder folder_;
};

TEST_F(BlacklistTest, NamesSingleCardsByBothNumbersAndRanges) {
  write(std::string(kHeader) + "990100D15600000500000001FFFFFFFF,A99010016,,\r\n,Z00000013,Z0000003X,\n");
  const auto list = load_blacklist(file());
  ASSERT_TRUE(list) << list.error().to_string();
  EXPECT_TRUE(list->names("990100D15600000500000001FFFFFFFF", "A99010016"));
  EXPECT_FALSE(list->names("990100D15600000500000002FFFFFFFF", "A99010016"));
  EXPECT_FALSE(list->names("990100D15600000500000001FFFFFFFF", "A99010024"));
  EXPECT_TRUE(list->names("990100D15600000500000002FFFFFFFF", "Z00000021"));
  EXPECT_TRUE(list->names("990100D15600000500000002FFFFFFFF", "Z0000003X"));
  EXPECT_FALSE(list->names("990100D15600000500000002FFFFFFFF", "Z00000179"));
}

TEST_F(BlacklistTest, OddRowsAreNamedByLine) {
  EXPECT_EQ(error_of(""), "");
  EXPECT_THAT(error_of("990100D156000005,A99010016,,\n"),
              AllOf(HasSubstr(":2:"), HasSubstr("32 hexadecimal")));
  EXPECT_THAT(error_of("990100D15600000500000001FFFFFFFF,A99010017,,\n"), HasSubstr("card_number: check"));
  EXPECT_THAT(error_of(",Z00000021,Z00000013,\n"), HasSubstr("before card_number"));
  EXPECT_THAT(error_of("990100D15600000500000001FFFFFFFF,Z00000013,Z00000021,\n"), HasSubstr("has none"));
  EXPECT_THAT(error_of("A99010016\n"), HasSubstr("1 columns"));
  write("card\nA99010016\n");
  EXPECT_THAT(load_blacklist(file()).error().to_string(), HasSubstr(":1: this is no blacklist"));
  EXPECT_FALSE(load_blacklist(folder_.path() / "none.csv"));
}

TEST_F(BlacklistTest, GrowsByWholeRows) {
  ASSERT_TRUE(add_to_blacklist(file(), kLost));
  ASSERT_TRUE(add_to_blacklist(file(), {"", "Z00000013", "Z00000021", "2026-02-01T10:00:00Z"}));
  EXPECT_EQ(text(), std::string(kHeader) +
                        "990100D15600000500000001FFFFFFFF,A99010016,,2026-01-31T10:00:00Z\n" +
                        ",Z00000013,Z00000021,2026-02-01T10:00:00Z\n");
}

// What a loss of power cut off is passed over by readers, and gone with the next row.
TEST_F(BlacklistTest, ATornRowIsNone) {
  for (const char* torn : {"990100D156", "", "990100D15600000500000001FFFFFFFF,A99010024,,2026"}) {
    write(std::string(kHeader) + torn);
    const auto list = load_blacklist(file());
    ASSERT_TRUE(list) << list.error().to_string();
    EXPECT_TRUE(list->rows().empty());
    ASSERT_TRUE(add_to_blacklist(file(), kLost));
    EXPECT_EQ(load_blacklist(file())->rows().size(), 1U) << torn;
  }
  write("identification_co");
  ASSERT_TRUE(add_to_blacklist(file(), kLost));
  EXPECT_EQ(load_blacklist(file())->rows().size(), 1U);
}

TEST_F(BlacklistTest, DesksBesideEachOtherLoseNoRow) {
  std::vector<std::thread> desks;
  for (int desk = 0; desk < 4; ++desk)
    desks.emplace_back([this] {
      for (int i = 0; i < 10; ++i) EXPECT_TRUE(add_to_blacklist(file(), kLost));
    });
  for (std::thread& desk : desks) desk.join();
  EXPECT_EQ(load_blacklist(file())->rows().size(), 40U);
}

TEST_F(BlacklistTest, APlaceThatCannotBeWrittenIsSaidSo) {
  const auto added = add_to_blacklist(folder_.path() / "none" / "blacklist.csv", kLost);
  ASSERT_FALSE(added);
  EXPECT_TRUE(added.error().failed);
}

}  // namespace
}  // namespace ssc::conformance::desk
