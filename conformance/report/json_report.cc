#include "conformance/report/json_report.h"

#include <ostream>

#include "conformance/report/case_json.h"

namespace ssc::conformance {

void JsonReport::run_started(const RunInfo& info) {
  unmask_ = info.unmask;
  out_ << "{\"format\":\"ssc-report-1\",\n\"run\":" << run_json(info) << ",\n\"cases\":[";
}

void JsonReport::case_finished(const CaseResult& result) {
  out_ << (first_ ? "\n" : ",\n") << case_json(result, unmask_);
  first_ = false;
}

void JsonReport::run_finished(const Totals& totals) {
  out_ << "],\n\"totals\":" << totals_json(totals);
  if (coverage_ != nullptr) out_ << ",\n\"coverage\":" << coverage_json(coverage_->matrices());
  out_ << "}\n";
}

}  // namespace ssc::conformance
