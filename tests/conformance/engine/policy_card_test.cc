#include "conformance/engine/policy_card.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "apdu/hex.h"
#include "conformance/script/loader.h"
#include "tests/paths.h"

namespace ssc::conformance {
namespace {

using ::testing::HasSubstr;
using ::testing::IsSupersetOf;

CardModel card(const std::string& name) { return simulator::profile::load_card(name).value(); }

TEST(PolicyCard, NamesAreSplitAtAPolicyThatIsOne) {
  EXPECT_EQ(split_card_name("sample-3.00:lanzhou").card, "sample-3.00");
  EXPECT_EQ(split_card_name("sample-3.00:lanzhou").policy, "lanzhou");
  EXPECT_EQ(split_card_name("sample-3.00").policy, "");
  EXPECT_EQ(split_card_name("cards/my:card.xml").card, "cards/my:card.xml");
  EXPECT_EQ(split_card_name("sample-3.00:atlantis").card, "sample-3.00:atlantis");
}

// The made-up holder of sample-3.00 is 99010019900307006X.
TEST(PolicyCard, PinAndTriesAreThePolicys) {
  const auto issued = issued_under(card("sample-3.00"), desk::load_policy("generic-b").value());
  ASSERT_TRUE(issued) << issued.error().to_string();
  EXPECT_EQ((*issued)->name, "sample-3.00:generic-b");
  EXPECT_EQ(apdu::to_hex((*issued)->pin.value), "070060");
  const auto eight = issued_under(card("sample-2.00"), desk::load_policy("chenzhou").value());
  ASSERT_TRUE(eight);
  EXPECT_EQ((*eight)->pin.tries, 8);
  EXPECT_EQ((*eight)->pin.value.size(), 3U);
  const auto none = issued_under(card("sample-2.00"), desk::load_policy("no-pin").value());
  ASSERT_TRUE(none);
  EXPECT_TRUE((*none)->pin.value.empty());
}

TEST(PolicyCard, ADrawnPinIsTheSameInEveryRun) {
  const auto policy = desk::load_policy("mailer").value();
  const auto once = issued_under(card("sample-3.00"), policy).value();
  const auto again = issued_under(card("sample-3.00"), policy).value();
  EXPECT_EQ(once->pin.value, again->pin.value);
}

TEST(PolicyCard, AHolderWithoutTheDataIsSaidSo) {
  CardModel nobody = card("sample-3.00");
  for (auto& file : nobody.dfs.front().files) file.records.clear();
  const auto issued = issued_under(nobody, desk::load_policy("generic-c").value());
  ASSERT_FALSE(issued);
  EXPECT_THAT(issued.error().to_string(), HasSubstr("generic-c"));
}

// Every policy of the folder is in the suite, on a card of either cipher.
TEST(PolicyCard, TheSuiteHasEveryPolicy) {
  const auto suite = load_suite(ssc::test::source_dir() + "/scenarios/pin/policies.xml", {});
  ASSERT_TRUE(suite) << suite.error().to_string();
  std::vector<std::string> wanted;
  for (const std::string& policy : desk::built_in_policies()) {
    wanted.push_back("sample-2.00:" + policy);
    wanted.push_back("sample-3.00:" + policy);
  }
  for (const char* id : {"01", "02", "03", "04", "05", "06"}) {
    const auto test = std::ranges::find(suite->cases, std::string("PIN-POLICY-") + id, &Case::id);
    ASSERT_NE(test, suite->cases.end()) << id;
    EXPECT_THAT(test->cards, IsSupersetOf(wanted)) << id;
  }
}

}  // namespace
}  // namespace ssc::conformance
