#include "conformance/engine/xray.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/conformance/engine/running.h"

namespace ssc::conformance {
namespace {

using test::Running;

class Inside : public InnerState {
 public:
  std::optional<unsigned> tries_left(std::string_view) const override { return 3; }
  std::optional<bool> authenticated(std::string_view) const override { return false; }
  std::optional<std::string> security() const override { return "PIN UK1DF01"; }
  std::optional<std::string> current_df() const override { return "DF01"; }
  std::optional<std::string> current_ef() const override { return ""; }
  std::optional<unsigned> key_version(std::string_view) const override { return 2; }
  std::optional<unsigned> writes() const override { return written_++; }  // one more each time it is asked
  std::optional<bool> challenge() const override { return true; }

 private:
  mutable unsigned written_ = 0;
};

struct Truth {
  const char* attributes;
  const char* lie;
};

class XRays : public Running, public ::testing::WithParamInterface<Truth> {};

TEST_P(XRays, PassWhenTheyHoldAndSayWhatIsThereWhenNot) {
  const Inside inside;
  card_.inside = &inside;
  const auto asked = [this](const char* attributes) {
    return run_steps("<send apdu='00 B2'/><xray " + std::string(attributes) + "/>");
  };
  EXPECT_EQ(asked(GetParam().attributes).verdict, Verdict::kPass);
  const CaseResult wrong = asked(GetParam().lie);
  EXPECT_EQ(wrong.verdict, Verdict::kFail);
  EXPECT_NE(wrong.steps.back().difference->expected, wrong.steps.back().difference->got);
}

INSTANTIATE_TEST_SUITE_P(
    Each, XRays,
    ::testing::Values(Truth{"tries-left='3'", "tries-left='2'"},
                      Truth{"authenticated='false'", "authenticated='true'"},
                      Truth{"security='PIN UK1DF01'", "security=''"},
                      Truth{"current-df=\"{if(true, 'DF01', 'DF02')}\"", "current-df='SSSE'"},
                      Truth{"current-ef=''", "current-ef='EF05'"},
                      Truth{"key-version='2'", "key-version='1'"}, Truth{"writes='2'", "writes='0'"},
                      Truth{"writes-of-last='1'", "writes-of-last='0'"},
                      Truth{"challenge='true'", "challenge='false'"}));

TEST_F(Running, ACaseOfXRaysAloneIsNotApplicableWhereOnlyApdusAreSeen) {
  const auto& result = run_steps("<xray security=''/><xray slot='psam' current-df='DF01'/>");
  EXPECT_EQ(result.verdict, Verdict::kNotApplicable);
  EXPECT_EQ(result.steps.back().outcome, StepOutcome::kSkipped);
  EXPECT_EQ(run_steps("<xray security=''/><send apdu='00 B2'/><expect sw='6D00'/>").verdict, Verdict::kPass);
}

TEST_F(Running, AnXRayOfAKeyThatIsNotThereIsAnError) {
  EXPECT_EQ(run_steps("<xray of='NOKEY' tries-left='1'/>").verdict, Verdict::kError);
}

}  // namespace
}  // namespace ssc::conformance
