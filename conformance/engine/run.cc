#include "conformance/engine/run.h"

#include <algorithm>
#include <cassert>
#include <chrono>
#include <thread>

#include "conformance/engine/in_order.h"
#include "conformance/engine/key_proof.h"

namespace ssc::conformance {
namespace {

std::uint64_t steady_microseconds() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(now).count());
}

// FNV-1a over the case and its card, so that a case draws the same randomness wherever it stands in a run.
std::uint64_t case_seed(std::uint64_t seed, const PlannedCase& planned) {
  std::uint64_t hash = 14695981039346656037ULL ^ seed;
  for (const std::string_view part :
       {std::string_view(planned.test->id), std::string_view(planned.card_name)}) {
    for (const char c : part) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  }
  return hash == 0 ? 1 : hash;
}

bool is_for(const Case& test, const std::string& card) {
  return test.only_cards.empty() || std::ranges::find(test.only_cards, card) != test.only_cards.end();
}

class Run {
 public:
  Run(const RunTargets& targets, const RunOptions& options) : targets_(targets), options_(options) {}

  CaseResult carry_out(const PlannedCase& planned) {
    CaseResult result;
    result.suite = planned.suite;
    result.test = planned.test;
    result.card = planned.card->name;
    result.model = planned.card;
    counted_ = 0;
    const std::uint64_t start = steady_microseconds();
    if (!may_run(planned, result)) return result;
    Subject subject = Subject::of(planned.card, planned.keys);
    const auto random = keys::seeded_random(case_seed(~options_.info.seed, planned));  // not the card's
    subject.random = random.get();
    subject.psam_card = targets_.psam != nullptr;
    subject.policy = planned.policy;
    if (applies(planned, subject, result)) on_cards(planned, subject, result);
    result.took_us = steady_microseconds() - start;
    return result;
  }

 private:
  bool may_run(const PlannedCase& planned, CaseResult& result) const {
    const Case& test = *planned.test;
    result.verdict = Verdict::kNotRun;
    if (!stop_reason_.empty()) {
      result.reason = "the run was stopped: " + stop_reason_;
    } else if (!is_for(test, planned.card_name)) {
      result.reason = "made for card " + test.only_cards.front();
    } else if (!keys_fit(planned)) {
      result.reason = "made for key set " + test.key_set;
    } else if (!psam_fits(planned)) {
      result.reason = "made for PSAM " + test.psam;
    } else if (targets_.card->is_foreign() && test.destructive && !options_.allow_destructive) {
      result.reason = "destructive, and the card is someone else's; --allow-destructive runs it";
    }
    return result.reason.empty();
  }

  // Someone else's card has the keys it has, those its card file says; a card of another cipher takes none of
  // the case's.
  bool keys_fit(const PlannedCase& planned) const {
    const std::string& wanted = planned.test->key_set;
    return wanted.empty() || (planned.keys_fit && (planned.keys_of_file || !targets_.card->is_foreign()));
  }

  // Someone else's PSAM cannot be changed for another.
  bool psam_fits(const PlannedCase& planned) const {
    const bool changeable = targets_.psam == nullptr || !targets_.psam->is_foreign();
    return !planned.psam || changeable ||
           (targets_.psam_model && targets_.psam_model->name == planned.psam->name);
  }

  static bool applies(const PlannedCase& planned, Subject& subject, CaseResult& result) {
    if (!planned.test->applies) return true;
    const auto value = evaluate(*planned.test->applies, {subject, {}});
    const auto truth = value ? as_truth(*value) : Evaluated<bool>(tl::make_unexpected(value.error()));
    result.verdict = truth ? Verdict::kNotApplicable : Verdict::kError;
    result.reason = truth ? "applies only where " + planned.test->applies_text : "applies: " + truth.error();
    return truth && *truth;
  }

  Session::Slot open(Target* target, const std::shared_ptr<const CardModel>& model, std::uint64_t seed,
                     LastTryGuard& guard, CaseResult& result) {
    if (!target) return {};
    const auto channel = target->fresh(model, seed);
    if (!channel) {
      result.verdict = Verdict::kError;
      result.reason = channel.error().what;
      using Kind = apdu::ChannelError::Kind;
      if (channel.error().kind == Kind::kNoReader || channel.error().kind == Kind::kNoCard)
        stop_reason_ = channel.error().what;
      return {};
    }
    const bool guarded = target->is_foreign() && !options_.allow_destructive;
    return {*channel, guarded ? &guard : nullptr, model.get()};
  }

  void on_cards(const PlannedCase& planned, Subject& subject, CaseResult& result) {
    result.reason.clear();
    const std::uint64_t seed = case_seed(options_.info.seed, planned);
    const auto card = open(targets_.card, planned.card, seed, card_guard_, result);
    const auto& psam_model = planned.psam ? planned.psam : targets_.psam_model;
    const auto psam = open(targets_.psam, psam_model, seed + 1, psam_guard_, result);
    if (!result.reason.empty()) return;
    Session session(card, psam, clock_);
    if (card.guard) compare_keys(session, subject, planned, result);
    const InnerState* psam_state = targets_.psam ? targets_.psam->inner_state() : nullptr;
    PowerCut* const psam_power = targets_.psam ? targets_.psam->power_cut() : nullptr;
    CaseRunner runner({subject,
                       session,
                       {targets_.card->inner_state(), psam_state},
                       {targets_.card->power_cut(), psam_power},
                       options_.info.unmask});
    runner.run(*planned.suite, *planned.test, result);
    if (runner.stop_run()) stop_reason_ = result.reason;
    if (card.channel) card.channel->power_off();
    if (psam.channel) psam.channel->power_off();
  }

  // Once for each ATR: it holds the card's number, by which the keys of the cards of one set differ.
  void compare_keys(Session& session, const Subject& subject, const PlannedCase& planned,
                    CaseResult& result) {
    StepResult step{planned.test->at, "key-check", 0, "does the key set fit this card", {}, {}, {}, {}};
    const auto atr = session.power(apdu::Slot::kCard, Power::Action::kOn, step.exchanges);
    if (!atr || compared_atr_ == *atr) return;
    const auto proved = prove_keys(session, subject, step.exchanges);
    card_guard_.learn_key_set(proved ? std::nullopt : std::optional(proved.error()));
    if (!proved) step.reason = proved.error();
    compared_atr_ = *atr;
    result.steps.push_back(std::move(step));
  }

  const RunTargets& targets_;
  const RunOptions& options_;
  std::uint64_t started_ = steady_microseconds();
  std::uint64_t counted_ = 0;
  Session::Clock clock_ = [this] {
    return options_.counted_time ? 1000 * counted_++ : steady_microseconds() - started_;
  };
  LastTryGuard card_guard_;
  std::optional<Bytes> compared_atr_;
  LastTryGuard psam_guard_;
  std::string stop_reason_;
};

// Carries cases out as long as there are any.
void work(const std::vector<PlannedCase>& plan, const RunTargets& targets, const RunOptions& options,
          InOrder& results) {
  Run runner(targets, options);
  while (const auto job = results.next_job()) results.put(*job, runner.carry_out(plan[*job]));
}

class Telling {
 public:
  Telling(const std::vector<Reporter*>& reporters, const RunInfo& info) : reporters_(reporters) {
    for (Reporter* reporter : reporters_) reporter->run_started(info);
  }
  void tell(const CaseResult& result) {
    totals_.add(result.verdict);
    for (Reporter* reporter : reporters_) reporter->case_finished(result);
  }
  Totals finish() {
    for (Reporter* reporter : reporters_) reporter->run_finished(totals_);
    return totals_;
  }

 private:
  const std::vector<Reporter*>& reporters_;
  Totals totals_;
};

}  // namespace

Totals run(const std::vector<PlannedCase>& plan, const RunTargets& targets, const RunOptions& options,
           const std::vector<Reporter*>& reporters) {
  Telling telling(reporters, options.info);
  Run runner(targets, options);
  for (const PlannedCase& planned : plan) telling.tell(runner.carry_out(planned));
  return telling.finish();
}

Totals run(const std::vector<PlannedCase>& plan, std::span<const RunTargets> workers,
           const RunOptions& options, const std::vector<Reporter*>& reporters) {
  if (workers.size() == 1) return run(plan, workers.front(), options, reporters);
  Telling telling(reporters, options.info);
  InOrder results(plan.size());
  std::vector<std::jthread> threads;
  for (const RunTargets& targets : workers) {
    assert(!targets.card->is_foreign());
    threads.emplace_back([&] { work(plan, targets, options, results); });
  }
  for (std::size_t i = 0; i < plan.size(); ++i) telling.tell(results.take());
  return telling.finish();
}

}  // namespace ssc::conformance
