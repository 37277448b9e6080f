// Sends whose power is cut: what the runner does when it goes, when it stays, and where nobody can cut it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/conformance/engine/running.h"

namespace ssc::conformance {
namespace {

using test::Running;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Goes, or not, as it is told to.
class FakeCut : public PowerCut {
 public:
  bool goes = true;
  std::vector<std::string> armed;

  void at_half_write(unsigned number) override { armed.push_back("half " + std::to_string(number)); }
  void after(std::chrono::microseconds time) override {
    armed.push_back(std::to_string(time.count()) + " us");
  }
  bool settle() override { return goes; }
};

class Cutting : public Running {
 protected:
  Cutting() {
    card_.channel.answers["00D6"] = {"9000"};
    card_.cut = &cut_;
  }

  FakeCut cut_;
};

TEST_F(Cutting, NothingIsHeardOfACommandWhosePowerWent) {
  const auto& result = run_steps(
      "<send apdu='00 D6' cut='3'/><check that='torn'/><check that=\"len(sw) eq 0 and len(data) eq 0\"/>");
  EXPECT_EQ(result.verdict, Verdict::kPass) << result.reason;
  EXPECT_THAT(cut_.armed, ElementsAre("half 3"));
  const StepResult& sent = result.steps[1];
  ASSERT_EQ(sent.exchanges.size(), 2U);
  EXPECT_TRUE(sent.exchanges[0].response.empty());
  EXPECT_EQ(sent.exchanges[0].note, "power went before it answered");
  EXPECT_EQ(sent.exchanges[1].kind, apdu::TraceEvent::Kind::kPowerOff);
}

TEST_F(Cutting, AnAnswerThatWasNotHeardCannotBeExpected) {
  const auto& result = run_steps("<send apdu='00 D6' cut='1'/><expect sw='9000'/>");
  EXPECT_EQ(result.verdict, Verdict::kError);
  EXPECT_THAT(result.reason, HasSubstr("there is no answer"));
}

TEST_F(Cutting, ACommandThatWasDoneBeforeIsAnswered) {
  cut_.goes = false;
  const auto& result =
      run_steps("<send apdu='00 D6' cut-after='250 * 2'/><check that='not torn'/><expect sw='9000'/>");
  EXPECT_EQ(result.verdict, Verdict::kPass) << result.reason;
  EXPECT_THAT(cut_.armed, ElementsAre("500 us"));
}

TEST_F(Cutting, TheFirstMomentIsOne) {
  const auto& result = run_steps("<send apdu='00 D6' cut='0'/>");
  EXPECT_EQ(result.verdict, Verdict::kError);
  EXPECT_THAT(result.reason, HasSubstr("cut: 0 is no moment; the first is 1"));
  EXPECT_THAT(card_.channel.asked, ElementsAre());
}

TEST_F(Cutting, WhereNobodyCanCutThePowerTheCaseDoesNotApply) {
  card_.cut = nullptr;
  const auto& result = run_steps("<send apdu='00 D6' cut='1'/><expect sw='9000'/>");
  EXPECT_EQ(result.verdict, Verdict::kNotApplicable);
  EXPECT_EQ(result.reason, "power cannot be cut inside a command here");
  EXPECT_THAT(card_.channel.asked, ElementsAre());
}

TEST_F(Cutting, OneMomentOnly) {
  const auto suite = test::load_text(test::case_text("<send apdu='00 D6' cut='1' cut-after='5'/>"));
  ASSERT_FALSE(suite);
  EXPECT_THAT(suite.error().to_string(), HasSubstr("a send has one of cut and cut-after"));
}

}  // namespace
}  // namespace ssc::conformance
