// Runs the steps of one case on one card.
#pragma once

#include "conformance/engine/finding.h"
#include "conformance/engine/session.h"

namespace ssc::conformance {

struct CaseContext {
  Subject& subject;
  Session& session;
  std::array<const InnerState*, 2> inner = {};  // by slot; null: <xray> steps of it are skipped
  std::array<PowerCut*, 2> power_cut = {};      // by slot; null: nobody can cut its power
  bool unmask = false;
};

// The first step that fails ends the case. Sets `stop_run` when no further case may run.
class CaseRunner {
 public:
  explicit CaseRunner(CaseContext context) : context_(context) {}

  // Powers the card, then runs the suite's set-up, the case's steps and, unless the card is lost, the
  // tear-down; fills everything of the result but suite, test and card.
  void run(const Suite& suite, const Case& test, CaseResult& result);
  bool stop_run() const { return stop_run_; }

 private:
  enum class Flow : std::uint8_t { kGoOn, kEnd };

  Flow framed(const Suite& suite, const Case& test, Names& names);
  void tear_down(const Suite& suite, const Names& names);
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

  // The octets to send; nothing when the current step has failed.
  std::optional<Rendered> command_of(const Send& send, const Environment& environment);
  Evaluated<keys::Key> session_key_of(const Secure& secure, apdu::Slot slot, const Environment& environment);
  Flow take(const Send& send, Answer answer, Names& names);
  // Arms the cut of a send that has one. kEnd: the step is settled, and nothing is to be sent.
  Flow arm(const Send& send, const Environment& environment);
  Flow lose_power(apdu::Slot slot, Names& names);
  Flow repeat(const Group& group, std::int64_t times, Names& names);
  Flow for_each(const Group& group, Names& names);
  Flow for_row(const Group& group, std::size_t number, Names& names);
  // True: the rounds may end.
  Evaluated<bool> reached(const Group& group, const Names& names);

  StepResult& begin_step(const Where& at, std::string element, std::string text);
  Flow settle_step(Finding finding);
  Flow fail(std::string reason, Difference difference);
  Flow error(const std::string& reason);
  Flow stop(const Stop& stop);
  void forgive(std::size_t first_step);
  // data, sw or atr of the last answer. A parameter of that name keeps its value inside its routine.
  void tell(const std::string& name, Value value, Names& names);
  void take_atr(const Bytes& atr, Names& names);
  StepResult& current() { return result_->steps[current_]; }
  unsigned writes(apdu::Slot slot) const;
  void settle(const Case& test);
  void settle_tear_down(std::size_t first_step);

  CaseContext context_;
  CaseResult* result_ = nullptr;
  std::size_t current_ = 0;
  unsigned depth_ = 0;
  std::string row_;                   // "row 2 of table files"; empty outside a loop over rows
  const Routine* routine_ = nullptr;  // whose steps run; none: the case's own
  Names told_;                        // data, sw, atr, torn as last told
  std::optional<Answer> answer_;
  bool answer_secret_ = false;  // its data are masked in reports
  std::array<unsigned, 2> writes_at_start_{};
  std::array<unsigned, 2> writes_before_last_{};
  std::optional<Stop> stop_;
  bool stop_run_ = false;
};

}  // namespace ssc::conformance
