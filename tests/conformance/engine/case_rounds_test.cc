// Loops, tables, set-up and tear-down, and steps that are optional.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/conformance/engine/running.h"

namespace ssc::conformance {
namespace {

using test::Running;
using test::suite_text;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr const char* kTable =
    "<table name='t'>\n<row tag='01' sw='9000'/>\n<row tag='{pin.tries}' sw='6A83'/></table>\n";

TEST_F(Running, ALoopTakesEachRowOfItsTable) {
  card_.channel.answers["00B20100"] = {"9000"};
  card_.channel.answers["00B20300"] = {"6A83"};
  run_text(suite_text(std::string(kTable) +
                      "<case id='C' purpose='p'><for each='t' as='n'><send apdu='00 B2 {tag} 00'/>"
                      "<expect sw='{sw}'/><check that=\"n le 2\"/></for></case>"));
  EXPECT_EQ(keeper_.results.front().verdict, Verdict::kPass) << keeper_.results.front().reason;
  EXPECT_THAT(card_.channel.asked, ElementsAre("00B20100", "00B20300"));
}

TEST_F(Running, AFailureInALoopNamesTheRow) {
  card_.channel.answers["00B20100"] = {"9000"};
  run_text(suite_text(std::string(kTable) +
                      "<case id='C' purpose='p'><for each='t'><let name='wanted' value='{sw}'/>"
                      "<send apdu='00 B2 {tag} 00'/><expect sw='{wanted}'/></for></case>"));
  EXPECT_EQ(keeper_.results.front().verdict, Verdict::kFail);
  EXPECT_THAT(keeper_.results.front().reason, HasSubstr("expected 6A83 (row 2 of table t, line 4)"));
}

TEST_F(Running, RoundsEndWhenWhatTheyWaitForIsThere) {
  card_.channel.answers["00840000"] = {"6985", "6985", "9000"};
  const std::string loop = "<send apdu='00 84 00 00'/></repeat><expect sw='9000'/>";
  EXPECT_EQ(run_steps("<repeat times='9' until=\"sw eq '9000'\">" + loop).verdict, Verdict::kPass);
  EXPECT_EQ(card_.channel.asked.size(), 3U);
  card_.channel.answers["00840000"] = {"6985"};
  const auto& result = run_steps("<repeat times='4' until=\"sw eq '9000'\">" + loop);
  EXPECT_EQ(result.verdict, Verdict::kFail);
  EXPECT_EQ(result.reason, "x.xml:3: did not hold after 4 rounds: sw eq '9000'");
}

TEST_F(Running, WhatIsOptionalMayFailAndIsListed) {
  const auto& result = run_steps(
      "<send apdu='00 84'/><expect sw='9000' optional='yes'/><expect sw='6D00'/>"
      "<steps optional='yes'><expect sw='6D00'/><expect sw='9000'/><send apdu='00 85'/></steps>");
  EXPECT_EQ(result.verdict, Verdict::kPass) << result.reason;
  EXPECT_EQ(result.steps[2].outcome, StepOutcome::kSkipped);
  EXPECT_THAT(result.steps[2].reason, HasSubstr("optional: status word 6D00"));
  EXPECT_THAT(card_.channel.asked, ElementsAre("0084"));  // a failure ends an optional group
  EXPECT_EQ(run_steps("<send apdu='00 84'/><expect sw='9000' optional='yes'/>").verdict,
            Verdict::kNotApplicable);
}

std::string framed(const char* inside, const char* tear_down) {
  return suite_text(std::string("<set-up><send apdu='00 01'/><expect sw='9000'/><let name='x' value='{7}'/>"
                                "</set-up><tear-down>") +
                    tear_down + "</tear-down><case id='C' purpose='p'>" + inside + "</case>");
}

TEST_F(Running, SetUpAndTearDownStandAroundACase) {
  card_.channel.answers["0001"] = {"9000"};
  run_text(framed("<check that='x eq 7'/>", "<send apdu='00 02 {x}'/>"));
  EXPECT_EQ(keeper_.results.front().verdict, Verdict::kPass) << keeper_.results.front().reason;
  EXPECT_THAT(card_.channel.asked, ElementsAre("0001", "000207"));
}

TEST_F(Running, TearDownComesAfterAFailureAndNeverHidesIt) {
  card_.channel.answers["0001"] = {"9000"};
  run_text(framed("<check that='x eq 8'/>", "<send apdu='00 02'/><expect sw='9000'/>"));
  EXPECT_EQ(keeper_.results.front().verdict, Verdict::kFail);
  EXPECT_THAT(keeper_.results.front().reason, HasSubstr("does not hold: x eq 8"));
  EXPECT_THAT(card_.channel.asked, ElementsAre("0001", "0002"));
  run_text(framed("<check that='x eq 7'/>", "<send apdu='00 02'/><expect sw='9000'/>"));
  EXPECT_EQ(keeper_.results.front().verdict, Verdict::kWarn);
  EXPECT_THAT(keeper_.results.front().reason, HasSubstr("in tear-down: status word 6D00"));
}

}  // namespace
}  // namespace ssc::conformance
