// The report on the terminal with a progress line under it.
#pragma once

#include "conformance/engine/run.h"
#include "tools/ssc/progress_line.h"

namespace ssc::tools {

class ProgressReport : public conformance::Reporter {
 public:
  // `inner` and `out` outlive it.
  ProgressReport(conformance::Reporter& inner, std::ostream& out, ProgressLine::Form form, std::size_t cases)
      : inner_(inner), line_(out, form, cases) {}

  void run_started(const conformance::RunInfo& info) override { inner_.run_started(info); }
  void case_finished(const conformance::CaseResult& result) override;
  void run_finished(const conformance::Totals& totals) override;

 private:
  conformance::Reporter& inner_;
  ProgressLine line_;
  conformance::Totals totals_;
};

}  // namespace ssc::tools
