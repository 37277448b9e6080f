// Carries a plan out and tells a reporter what happens.
#pragma once

#include <functional>

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
  RunInfo info;  // seed and unmask are obeyed, the rest is passed on
};

// Runs every planned case on a card as new. A case that may not run is NOT RUN with the reason: destructive
// on someone else's card; made for another card; after the run was stopped.
Totals run(const std::vector<PlannedCase>& plan, const RunTargets& targets, const RunOptions& options,
           const std::vector<Reporter*>& reporters);

}  // namespace ssc::conformance
