// JUnit XML, as continuous integration servers read it: a testsuite for each suite, a testcase for each case
// and card.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "conformance/engine/run.h"

namespace ssc::conformance {

// FAIL is a failure; ERROR and INCONCLUSIVE are errors; N/A and NOT RUN are skipped; WARN passes with its
// reason in system-out. Written when the run has finished.
class JunitReport : public Reporter {
 public:
  // `out` outlives the report.
  explicit JunitReport(std::ostream& out) : out_(out) {}

  void run_started(const RunInfo& info) override { info_ = info; }
  void case_finished(const CaseResult& result) override;
  void run_finished(const Totals& totals) override;

 private:
  struct SuiteText {
    const Suite* suite = nullptr;
    std::string cases;
    Totals totals;
    std::uint64_t took_us = 0;
  };

  std::ostream& out_;
  RunInfo info_;
  std::vector<SuiteText> suites_;
};

}  // namespace ssc::conformance
