// Carries a plan out and tells a reporter what happens.
#pragma once

#include <functional>
#include <span>

#include "conformance/engine/case_runner.h"
#include "conformance/engine/plan.h"

namespace ssc::conformance {

struct RunInfo {
  std::string version;  // of this program
  std::string card_target;
  std::string psam_target;
  std::string psam;  // the PSAM's card file; empty: none
  std::uint64_t seed = 0;
  bool unmask = false;
  std::size_t cases = 0;
  std::string shard = "0/1";
  std::string started;                                  // UTC, "2026-01-31T23:59:59Z"; empty: nobody said
  std::vector<std::shared_ptr<const CardModel>> cards;  // each card of the plan once
};

// Told of a run in order; results live only as long as the call.
class Reporter {
 public:
  virtual ~Reporter() = default;
  virtual void run_started(const RunInfo&) {}
  virtual void case_finished(const CaseResult& result) = 0;
  virtual void run_finished(const Totals&) {}
};

struct RunTargets {
  Target* card = nullptr;
  Target* psam = nullptr;                       // null: expressions compute from the key set
  std::shared_ptr<const CardModel> psam_model;  // null when psam is
};

struct RunOptions {
  bool allow_destructive = false;
  bool counted_time =
      false;     // each case has a clock of its own that says 0, 1, 2, … milliseconds, so that two
                 // runs of one seed have the same traces; else microseconds since the run's start
  RunInfo info;  // seed and unmask are obeyed, the rest is passed on
};

// Runs every planned case on a card as new. A case that may not run is NOT RUN with the reason: destructive
// on someone else's card; made for another card or PSAM; after the run was stopped.
Totals run(const std::vector<PlannedCase>& plan, const RunTargets& targets, const RunOptions& options,
           const std::vector<Reporter*>& reporters);

// The same by several workers at once, each with virtual cards of its own; verdicts and what reporters are
// told are those of one worker. Precondition: at least one worker, and none with someone else's card when
// there are several.
Totals run(const std::vector<PlannedCase>& plan, std::span<const RunTargets> workers,
           const RunOptions& options, const std::vector<Reporter*>& reporters);

}  // namespace ssc::conformance
