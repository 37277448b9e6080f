#include "conformance/report/coverage_report.h"

#include <ostream>

namespace ssc::conformance {

Coverage::Coverage(std::vector<Unreached> unreached) {
  collectors_.push_back(status_word_collector(std::move(unreached)));
  collectors_.push_back(file_right_collector());
  collectors_.push_back(pin_state_collector());
  collectors_.push_back(key_state_collector());
  collectors_.push_back(record_address_collector());
}

void Coverage::case_finished(const CaseResult& result) {
  if (result.verdict != Verdict::kPass || !result.model) return;
  for (const auto& collector : collectors_) {
    collector->begin(*result.model);
    for (const StepResult& step : result.steps) {
      for (const Exchange& exchange : step.exchanges) collector->see(exchange, result.test->id);
    }
  }
}

void CoverageReport::run_finished(const Totals&) {
  for (const Matrix& matrix : coverage_.matrices()) out_ << to_text(matrix) << '\n';
}

std::vector<Matrix> Coverage::matrices() const {
  std::vector<Matrix> all;
  for (const auto& collector : collectors_) all.push_back(collector->matrix());
  return all;
}

}  // namespace ssc::conformance
