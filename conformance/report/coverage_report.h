// The table command × status word, with the cases that meet each, or the reason why none can.
#pragma once

#include <iosfwd>

#include "conformance/engine/run.h"
#include "conformance/report/coverage.h"

namespace ssc::conformance {

enum class CoverageFormat : std::uint8_t {
  kText,  // a block a command, a line a word, empty cells and the totals below
  kTsv,   // columns command, sw, cases (blanks between), reason
};

// Written when the run has finished. `out` and `coverage` outlive the report; `coverage` keeps the result.
class CoverageReport : public Reporter {
 public:
  CoverageReport(std::ostream& out, CoverageFormat format, Coverage& coverage)
      : out_(out), format_(format), coverage_(coverage) {}

  void case_finished(const CaseResult& result) override { coverage_.add(result); }
  void run_finished(const Totals& totals) override;

 private:
  std::ostream& out_;
  CoverageFormat format_;
  Coverage& coverage_;
};

}  // namespace ssc::conformance
