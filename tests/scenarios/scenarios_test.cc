// The suites of scenarios/ in this process, on every sample card, and what they reach together.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "conformance/channel/in_process.h"
#include "conformance/report/coverage_report.h"
#include "conformance/script/loader.h"
#include "tests/paths.h"

namespace ssc::conformance {
namespace {

const std::string kScenarios = ssc::test::source_dir() + "/scenarios";

class Failures : public Reporter {
 public:
  std::vector<std::string> lines;
  std::size_t passed = 0;
  void case_finished(const CaseResult& result) override {
    if (result.verdict == Verdict::kPass) ++passed;
    if (result.verdict != Verdict::kPass && result.reason.empty())
      lines.push_back(result.test->id + " has no reason for its verdict");
    if (exit_status_of(result.verdict) != 0)
      lines.push_back(result.test->id + " on " + result.card + ": " + result.reason);
  }

 private:
  static int exit_status_of(Verdict verdict) {
    Totals one;
    one.add(Verdict::kPass);
    one.add(verdict);
    return exit_status(one);
  }
};

const std::vector<Suite>& suites() {
  static const auto loaded = load_suites(std::vector{kScenarios}, {});
  static const std::vector<Suite> none;
  if (!loaded) ADD_FAILURE() << loaded.error().to_string();
  return loaded ? *loaded : none;
}

// Every case on `card`, or on the cards each names when empty; with the sample PSAM, or from the key set.
void run_all(const std::string& card, bool with_psam, const std::vector<Reporter*>& reporters) {
  Models models;
  PlanOptions plan_options;
  plan_options.card = card;
  const auto plan = make_plan(suites(), plan_options, models);
  ASSERT_TRUE(plan) << plan.error().to_string();
  const auto psam_model = models.card("sample-psam");
  ASSERT_TRUE(psam_model);
  const auto card_target = in_process_target();
  const auto psam_target = in_process_target();
  RunTargets targets{card_target.get(), nullptr, nullptr};
  if (with_psam) {
    targets.psam = psam_target.get();
    targets.psam_model = *psam_model;
  }
  RunOptions options;
  options.info.seed = 1;
  run(*plan, targets, options, reporters);
}

class Scenarios : public ::testing::TestWithParam<const char*> {};

TEST_P(Scenarios, PassWithThePsam) {
  Failures failures;
  run_all(GetParam(), true, {&failures});
  EXPECT_THAT(failures.lines, ::testing::IsEmpty());
  EXPECT_GT(failures.passed, 0U);
}

TEST_P(Scenarios, PassWithTheKeySet) {
  Failures failures;
  run_all(GetParam(), false, {&failures});
  EXPECT_THAT(failures.lines, ::testing::IsEmpty());
  EXPECT_GT(failures.passed, 0U);
}

INSTANTIATE_TEST_SUITE_P(Samples, Scenarios,
                         ::testing::Values("sample-1.0", "sample-2.00", "sample-3.00", "sample-1.0-field",
                                           "sample-2.00-field", "sample-3.00-field"));

std::vector<std::string> lines_with(const std::string& text, std::string_view word) {
  std::vector<std::string> found;
  std::string command;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with(' ')) command = line;
    if (line.starts_with(' ') && line.find(word) != std::string::npos) found.push_back(command + line);
  }
  return found;
}

TEST(ScenarioCoverage, EachListedStatusWordIsReachedOrHasAReason) {
  const std::string path = kScenarios + "/unreached.tsv";
  std::ifstream in(path);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  auto reasons = load_unreached({path, text});
  ASSERT_TRUE(reasons) << reasons.error().to_string();
  Coverage coverage(*std::move(reasons));
  Failures failures;
  run_all({}, true, {&coverage, &failures});
  EXPECT_THAT(failures.lines, ::testing::IsEmpty());
  const std::string table = to_text(coverage.matrices().front());
  EXPECT_THAT(lines_with(table, "EMPTY"), ::testing::IsEmpty());
  EXPECT_THAT(lines_with(table, "STALE"), ::testing::IsEmpty());
  EXPECT_THAT(table, ::testing::HasSubstr("cells reached"));
}

}  // namespace
}  // namespace ssc::conformance
