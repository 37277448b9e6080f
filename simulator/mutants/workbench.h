// What a mutant may change of a card that is about to be made: copies of its model and rules, and injected
// parts.
#pragma once

#include <string_view>
#include <vector>

#include "simulator/core/order_of_checks.h"

namespace ssc::simulator::mutants {

class Workbench {
 public:
  // Copies of what a healthy card of this model has.
  Workbench(const profile::CardModel& healthy, const core::CommandSet& commands);

  profile::CardModel model;
  core::Lifetimes lifetimes = core::kLifetimes;
  core::Presenter present = core::present;
  std::vector<core::CellKind> forgotten;  // changes of these kinds are said to be written, and are not
  bool piecemeal = false;                 // changes that belong together are written one by one
  bool constant_random = false;           // every random is 5A 5A …

  core::Binding& binding(apdu::CommandId command);
  void replace_check(core::Step step, apdu::StatusWord (*passes)(core::Exchange&));
  void drop_check(core::Step step);
  // Puts `step` before `next`, whichever came first.
  void move_check(core::Step step, core::Step next);
  core::MedicalRow& medical_row(apdu::CommandId command);
  // "DF01/EF05"; null: this card has no such file.
  profile::Ef* file(std::string_view path);

  // Valid as long as the workbench.
  core::Rules rules() const;

 private:
  core::CommandSet healthy_;
  std::vector<core::Binding> bindings_;
  std::vector<core::Check> checks_;
  std::vector<core::MedicalRow> medical_;
};

// ---- parts that mutants are made of ----

// The standard's check of this step.
template <core::Step kStep>
apdu::StatusWord healthy_check(core::Exchange& x) {
  for (const core::Check& check : core::order_of_checks()) {
    if (check.step == kStep) return check.passes(x);
  }
  return apdu::sw::ok;
}

// The same with one status word for another.
template <core::Step kStep, std::uint16_t kFrom, std::uint16_t kTo>
apdu::StatusWord misnamed_check(core::Exchange& x) {
  const apdu::StatusWord status = healthy_check<kStep>(x);
  return status.value() == kFrom ? apdu::StatusWord(kTo) : status;
}

template <core::Handler kHandler, std::uint16_t kFrom, std::uint16_t kTo>
apdu::Response misnamed(const core::CardView& view, core::Transaction& tx, const core::Request& request) {
  apdu::Response answer = kHandler(view, tx, request);
  if (answer.status.value() == kFrom) answer.status = apdu::StatusWord(kTo);
  return answer;
}

// The answer with one bit of its last byte turned.
template <core::Handler kHandler>
apdu::Response last_bit_turned(const core::CardView& view, core::Transaction& tx,
                               const core::Request& request) {
  const apdu::Response answer = kHandler(view, tx, request);
  if (answer.data.empty()) return answer;
  apdu::Bytes data(answer.data.view().begin(), answer.data.view().end());
  data.back() ^= 0x01;
  return {data, answer.status};
}

// The challenge is as it was before.
template <core::Handler kHandler>
apdu::Response challenge_kept(const core::CardView& view, core::Transaction& tx,
                              const core::Request& request) {
  const apdu::Response answer = kHandler(view, tx, request);
  tx.session().challenge = view.session().challenge;
  return answer;
}

// 9000 whatever it should be.
template <core::Handler kHandler>
apdu::Response always_ok(const core::CardView& view, core::Transaction& tx, const core::Request& request) {
  const apdu::Response answer = kHandler(view, tx, request);
  return {answer.data, apdu::sw::ok};
}

}  // namespace ssc::simulator::mutants
