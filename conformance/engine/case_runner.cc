#include "conformance/engine/case_runner.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "conformance/engine/describe_step.h"

namespace ssc::conformance {
namespace {

bool asserts(const StepResult& step) {
  return step.outcome == StepOutcome::kPassed || step.outcome == StepOutcome::kWarned;
}

struct Weight {
  StepOutcome outcome;
  Verdict verdict;
};
constexpr std::array<Weight, 3> kWorstFirst = {{{StepOutcome::kFailed, Verdict::kFail},
                                                {StepOutcome::kError, Verdict::kError},
                                                {StepOutcome::kWarned, Verdict::kWarn}}};

}  // namespace

void CaseRunner::run(const Suite& suite, const Case& test, CaseResult& result) {
  result_ = &result;
  Names names;
  begin_step(test.at, "power", "card");
  if (act(Power{Power::Action::kOn, apdu::Slot::kCard}, names) == Flow::kGoOn) {
    for (const apdu::Slot slot : {apdu::Slot::kCard, apdu::Slot::kPsam})
      writes_at_start_[static_cast<std::size_t>(slot)] = writes(slot);
    framed(suite, test, names);
  } else {
    settle(test);
  }
}

CaseRunner::Flow CaseRunner::framed(const Suite& suite, const Case& test, Names& names) {
  Names for_tear_down;
  Flow flow = Flow::kGoOn;
  if (!suite.set_up.empty()) {
    begin_step(suite.set_up.front().at, "set-up", "");
    ++depth_;
    flow = steps(suite.set_up, names);
    --depth_;
    for_tear_down = names;
  }
  if (flow == Flow::kGoOn) flow = steps(test.steps, names);
  settle(test);
  if (!suite.tear_down.empty() && !stop_) tear_down(suite, for_tear_down);
  return flow;
}

void CaseRunner::tear_down(const Suite& suite, const Names& names) {
  Names own = names;
  const std::size_t first = result_->steps.size();
  begin_step(suite.tear_down.front().at, "tear-down", "");
  ++depth_;
  steps(suite.tear_down, own);
  --depth_;
  settle_tear_down(first);
}

// What went wrong after a case that went well is no failure of the case, and is said.
void CaseRunner::settle_tear_down(std::size_t first_step) {
  const auto went_wrong = [](const StepResult& step) {
    return step.outcome == StepOutcome::kFailed || step.outcome == StepOutcome::kError;
  };
  const auto wrong = std::find_if(result_->steps.begin() + static_cast<std::ptrdiff_t>(first_step),
                                  result_->steps.end(), went_wrong);
  const bool went_well = result_->verdict == Verdict::kPass || result_->verdict == Verdict::kWarn;
  if (wrong == result_->steps.end() || !went_well) return;
  result_->verdict = wrong->outcome == StepOutcome::kError ? Verdict::kError : Verdict::kWarn;
  result_->reason = fmt::format("{}: in tear-down: {}", wrong->at.to_string(), wrong->reason);
}

void CaseRunner::settle(const Case& test) {
  CaseResult& result = *result_;
  const auto first = [&](StepOutcome outcome) {
    return std::ranges::find(result.steps, outcome, &StepResult::outcome);
  };
  if (stop_) {
    result.verdict = stop_->verdict;
    result.reason = stop_->reason;
    return;
  }
  for (const Weight& weight : kWorstFirst) {
    const auto step = first(weight.outcome);
    if (step == result.steps.end()) continue;
    result.verdict = weight.verdict;
    result.reason = fmt::format("{}: {}", step->at.to_string(), step->reason);
    return;
  }
  if (std::ranges::any_of(result.steps, asserts)) {
    result.verdict = Verdict::kPass;
  } else if (first(StepOutcome::kSkipped) != result.steps.end()) {
    result.verdict = Verdict::kNotApplicable;
    result.reason = "every step that asks something was skipped";
  } else {
    result.verdict = Verdict::kInconclusive;
    result.reason = fmt::format("{}: no step asked anything of the card", test.at.to_string());
  }
}

CaseRunner::Flow CaseRunner::steps(const std::vector<Step>& list, Names& names) {
  for (const Step& one : list) {
    if (step(one, names) == Flow::kEnd) return Flow::kEnd;
  }
  return Flow::kGoOn;
}

CaseRunner::Flow CaseRunner::step(const Step& step, Names& names) {
  if (step.when) {
    const auto value = evaluate(*step.when, {context_.subject, names});
    const auto truth = value ? as_truth(*value) : Evaluated<bool>(tl::make_unexpected(value.error()));
    if (truth && !*truth) return Flow::kGoOn;
    if (!truth) {
      begin_step(step.at, step.element, "when");
      return error("when: " + truth.error());
    }
  }
  const std::size_t first = result_->steps.size();
  begin_step(step.at, step.element, describe(step));
  const Flow flow = std::visit([&](const auto& action) { return act(action, names); }, step.action);
  if (flow == Flow::kGoOn || !step.optional || current().outcome != StepOutcome::kFailed) return flow;
  forgive(first);
  return Flow::kGoOn;
}

// What failed in an optional step is listed as passed over.
void CaseRunner::forgive(std::size_t first_step) {
  for (std::size_t i = first_step; i < result_->steps.size(); ++i) {
    StepResult& one = result_->steps[i];
    if (one.outcome != StepOutcome::kFailed) continue;
    one.outcome = StepOutcome::kSkipped;
    one.reason = "optional: " + one.reason;
  }
}

StepResult& CaseRunner::begin_step(const Where& at, std::string element, std::string text) {
  result_->steps.push_back({at, std::move(element), depth_, std::move(text), StepOutcome::kDone, {}, {}, {}});
  current_ = result_->steps.size() - 1;
  return current();
}

CaseRunner::Flow CaseRunner::settle_step(Finding finding) {
  using Kind = Finding::Kind;
  if (finding.kind == Kind::kNotMet) return fail(std::move(finding.reason), *std::move(finding.difference));
  if (finding.kind == Kind::kError) return error(finding.reason);
  const bool met = finding.kind == Kind::kMet;
  current().outcome = met                                ? StepOutcome::kPassed
                      : finding.kind == Kind::kTolerated ? StepOutcome::kWarned
                                                         : StepOutcome::kSkipped;
  current().reason = std::move(finding.reason);
  current().difference = std::move(finding.difference);
  return Flow::kGoOn;
}

CaseRunner::Flow CaseRunner::fail(std::string reason, Difference difference) {
  current().outcome = StepOutcome::kFailed;
  current().reason = std::move(reason) + (row_.empty() ? "" : " (" + row_ + ")");
  current().difference = std::move(difference);
  return Flow::kEnd;
}

CaseRunner::Flow CaseRunner::error(const std::string& reason) {
  current().outcome = StepOutcome::kError;
  current().reason = reason + (row_.empty() ? "" : " (" + row_ + ")");
  return Flow::kEnd;
}

CaseRunner::Flow CaseRunner::stop(const Stop& stop) {
  current().outcome = stop.verdict == Verdict::kNotApplicable ? StepOutcome::kSkipped : StepOutcome::kError;
  current().reason = stop.reason;
  stop_ = stop;
  stop_run_ = stop.whole_run;
  return Flow::kEnd;
}

unsigned CaseRunner::writes(apdu::Slot slot) const {
  const InnerState* state = context_.inner[static_cast<std::size_t>(slot)];
  return state ? state->writes().value_or(0) : 0;
}

}  // namespace ssc::conformance
