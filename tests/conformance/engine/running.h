// Runs texts of scenarios on made-up cards.
#pragma once

#include <gtest/gtest.h>

#include "tests/conformance/fakes.h"

namespace ssc::conformance::test {

class Keeper : public Reporter {
 public:
  std::vector<CaseResult> results;
  void case_finished(const CaseResult& result) override { results.push_back(result); }
};

class Running : public ::testing::Test {
 protected:
  Totals run_text(const std::string& text, const RunOptions& options = {}) {
    auto loaded = load_text(text);
    EXPECT_TRUE(loaded) << loaded.error().to_string();
    suite_ = std::move(*loaded);
    std::vector<PlannedCase> plan;
    for (const Case& one : suite_.cases) plan.push_back({&suite_, &one, "fake", fake_model(), fake_keys()});
    keeper_.results.clear();
    return run(plan, {&card_, has_psam_ ? &psam_ : nullptr, nullptr}, options, {&keeper_});
  }
  // The same, planned by what the files name; the card of every case is `card`.
  void run_plan(const std::string& text, const std::string& card) {
    suites_ = {load_text(text).value()};
    Models models;
    const auto plan = make_plan(suites_, {.card = card, .filter = {}}, models);
    ASSERT_TRUE(plan) << plan.error().to_string();
    keeper_.results.clear();
    run(*plan, {&card_, &psam_, nullptr}, {}, {&keeper_});
  }
  const CaseResult& run_steps(std::string_view steps, std::string_view attributes = {},
                              const RunOptions& options = {}) {
    run_text(case_text(steps, attributes), options);
    return keeper_.results.front();
  }

  Suite suite_;
  std::vector<Suite> suites_;
  FakeTarget card_;
  FakeTarget psam_;
  bool has_psam_ = true;
  Keeper keeper_;
};

}  // namespace ssc::conformance::test
