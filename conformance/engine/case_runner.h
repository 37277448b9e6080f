// Runs the steps of one case on one card.
#pragma once

#include "conformance/engine/session.h"

namespace ssc::conformance {

struct CaseContext {
  Subject& subject;
  Session& session;
  const InnerState* inner_state = nullptr;  // null: <xray> steps are skipped
  bool unmask = false;
};

// The first step that fails ends the case. Sets `stop_run` when no further case may run.
class CaseRunner {
 public:
  explicit CaseRunner(CaseContext context) : context_(context) {}

  // Powers the card, then runs the steps; fills everything of the result but suite, test and card.
  void run(const Case& test, CaseResult& result);
  bool stop_run() const { return stop_run_; }

 private:
  enum class Flow : std::uint8_t { kGoOn, kEnd };

  Flow steps(const std::vector<Step>& list, Names& names);
  Flow step(const Step& step, Names& names);
  Flow act(const Send& send, Names& names);
  Flow act(const Expect& expect, Names& names);
  Flow act(const Check& check, Names& names);
  Flow act(const Let& let, Names& names);
  Flow act(const Call& call, Names& names);
  Flow act(const Power& power, Names& names);
  Flow act(const Group& group, Names& names);
  Flow act(const XRay& xray, Names& names);

  // Each is one demand of an expect; nothing when it is met.
  std::optional<Flow> expect_status(const Expect& expect, const Environment& environment);
  std::optional<Flow> expect_data(const Expect& expect, const Environment& environment);
  std::optional<Flow> compare_data(const Expect& expect, ByteView data, const Environment& environment);

  Flow fail(std::string reason, Difference difference);
  Flow error(const std::string& reason);
  Flow stop(const Stop& stop);
  // data, sw or atr of the last answer. A parameter of that name keeps its value inside its routine.
  void tell(const std::string& name, Value value, Names& names);
  void take_atr(const Bytes& atr, Names& names);
  StepResult& current() { return result_->steps[current_]; }
  void settle(const Case& test);

  CaseContext context_;
  CaseResult* result_ = nullptr;
  std::size_t current_ = 0;
  unsigned depth_ = 0;
  const Routine* routine_ = nullptr;  // whose steps run; none: the case's own
  Names told_;                        // data, sw, atr as last told
  std::optional<Answer> answer_;
  bool answer_secret_ = false;  // its data are masked in reports
  std::optional<Stop> stop_;
  bool stop_run_ = false;
};

}  // namespace ssc::conformance
