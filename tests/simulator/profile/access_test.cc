#include <gtest/gtest.h>

#include "simulator/profile/model.h"

namespace ssc::simulator::profile {
namespace {

using Alternatives = std::vector<std::vector<std::string>>;

TEST(Access, AndBindsTighterThanOr) {
  EXPECT_EQ(parse_access("free")->alternatives, (Alternatives{{"free"}}));
  EXPECT_EQ(parse_access("PIN|RK1DF01")->alternatives, (Alternatives{{"PIN"}, {"RK1DF01"}}));
  EXPECT_EQ(parse_access("PIN&RK3DF03|UK4DF03")->alternatives,
            (Alternatives{{"PIN", "RK3DF03"}, {"UK4DF03"}}));
  EXPECT_EQ(parse_access("PIN&(RK3DF03|UK4DF03)")->alternatives,
            (Alternatives{{"PIN", "RK3DF03"}, {"PIN", "UK4DF03"}}));
  EXPECT_EQ(parse_access("((PIN))|IRK")->text, "((PIN))|IRK");
}

TEST(Access, NeverHasNoAlternatives) {
  EXPECT_TRUE(parse_access("never")->alternatives.empty());
  EXPECT_TRUE(parse_access("PIN&never")->alternatives.empty());
  EXPECT_EQ(parse_access("PIN|never")->alternatives, (Alternatives{{"PIN"}}));
}

// keys.tsv: the 1.0 texts call the update key of the environment UKMF.
TEST(Access, ASecondNameOfAKeyIsThatKey) {
  EXPECT_EQ(parse_access("PIN&UKMF")->alternatives, (Alternatives{{"PIN", "UKSSSE"}}));
  EXPECT_EQ(parse_access("UKMF")->text, "UKMF");
}

TEST(Access, ErrorsNameTheCharacter) {
  const auto error = [](std::string_view text) { return parse_access(text).error(); };
  const std::string ends = "ends where a key name, PIN, free or never is expected";
  EXPECT_EQ(error(""), ends);
  EXPECT_EQ(error("PIN|"), ends);
  EXPECT_EQ(error("PIN||IRK"), "'|' at character 5 is not expected");
  EXPECT_EQ(error("PIN IRK"), "' ' at character 4 is not expected");
  EXPECT_EQ(error("PIN)"), "')' at character 4 is not expected");
}

TEST(Access, DeepBracketsEndCleanly) { EXPECT_FALSE(parse_access(std::string(100000, '('))); }

}  // namespace
}  // namespace ssc::simulator::profile
