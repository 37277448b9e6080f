#include "tools/ssc/run_progress.h"

#include <fmt/format.h>

namespace ssc::tools {

using conformance::Verdict;

void ProgressReport::case_finished(const conformance::CaseResult& result) {
  line_.clear();
  inner_.case_finished(result);
  totals_.add(result.verdict);
  const std::size_t failed = totals_[Verdict::kFail] + totals_[Verdict::kError];
  line_.advance(totals_.all(), failed == 0 ? "" : fmt::format("{} failed", failed));
}

void ProgressReport::run_finished(const conformance::Totals& totals) {
  line_.clear();
  inner_.run_finished(totals);
}

}  // namespace ssc::tools
