#include "conformance/channel/reader_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ssc::conformance {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::vector<std::string> kReaders = {"Virtual PCD 00 00", "Virtual PCD 00 01", "ACS ACR38U 01 00"};

TEST(ChooseReader, TakesTheWholeNameOrAPartOnlyOneHas) {
  EXPECT_EQ(choose_reader(kReaders, "Virtual PCD 00 01"), "Virtual PCD 00 01");
  EXPECT_EQ(choose_reader(kReaders, "ACR38"), "ACS ACR38U 01 00");
  EXPECT_EQ(choose_reader(kReaders, "acr38u"), "ACS ACR38U 01 00");
  EXPECT_EQ(choose_reader(kReaders, "PCD 00 00"), "Virtual PCD 00 00");
}

TEST(ChooseReader, AWholeNameWinsOverLongerOnes) {
  EXPECT_EQ(choose_reader({"Reader 1", "Reader 10"}, "Reader 1"), "Reader 1");
}

TEST(ChooseReader, NamesTheReadersThereAreWhenNoneMatches) {
  const auto chosen = choose_reader(kReaders, "Gemalto");
  ASSERT_FALSE(chosen);
  EXPECT_EQ(chosen.error().kind, apdu::ChannelError::Kind::kNoReader);
  EXPECT_THAT(chosen.error().what, HasSubstr("\"Gemalto\""));
  for (const std::string& name : kReaders) EXPECT_THAT(chosen.error().what, HasSubstr(name));
}

TEST(ChooseReader, NamesOnlyThoseThatMatchWhenSeveralDo) {
  const auto chosen = choose_reader(kReaders, "virtual");
  ASSERT_FALSE(chosen);
  EXPECT_THAT(chosen.error().what, HasSubstr("\"Virtual PCD 00 00\", \"Virtual PCD 00 01\""));
  EXPECT_THAT(chosen.error().what, Not(HasSubstr("ACR38U")));
}

TEST(ChooseReader, SaysThatThereIsNone) {
  const auto chosen = choose_reader({}, "ACR");
  ASSERT_FALSE(chosen);
  EXPECT_THAT(chosen.error().what, HasSubstr("no reader"));
}

TEST(SplitMultiString, CutsAtZerosAndStopsAtAnEmptyName) {
  using namespace std::string_view_literals;
  EXPECT_THAT(split_multi_string("one\0two three\0\0"sv), ElementsAre("one", "two three"));
  EXPECT_THAT(split_multi_string("one\0\0beyond\0"sv), ElementsAre("one"));
  EXPECT_THAT(split_multi_string("cut"sv), ElementsAre("cut"));
  EXPECT_THAT(split_multi_string("\0"sv), IsEmpty());
  EXPECT_THAT(split_multi_string({}), IsEmpty());
}

TEST(VpcdReaderName, IsAsDebiansBuildNamesThem) {
  EXPECT_EQ(vpcd_reader_name(0), "Virtual PCD 00 00");
  EXPECT_EQ(vpcd_reader_name(1), "Virtual PCD 00 01");
}

}  // namespace
}  // namespace ssc::conformance
