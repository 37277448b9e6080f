// The report for programs: one JSON document, written case by case (conformance/report/report.schema.json).
#pragma once

#include <iosfwd>

#include "conformance/report/coverage_report.h"

namespace ssc::conformance {

class JsonReport : public Reporter {
 public:
  // `out` outlives the report, as does `coverage`, which must be told of a case before this is; null:
  // without.
  explicit JsonReport(std::ostream& out, const Coverage* coverage = nullptr)
      : out_(out), coverage_(coverage) {}

  void run_started(const RunInfo& info) override;
  void case_finished(const CaseResult& result) override;
  void run_finished(const Totals& totals) override;

 private:
  std::ostream& out_;
  const Coverage* coverage_;
  bool unmask_ = false;
  bool first_ = true;
};

}  // namespace ssc::conformance
