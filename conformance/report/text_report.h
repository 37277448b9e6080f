// The report a person reads in a terminal: a line for each case, and for what did not pass its steps.
#pragma once

#include <iosfwd>

#include "conformance/engine/run.h"

namespace ssc::conformance {

struct TextReportOptions {
  bool verbose = false;  // the steps of every case
  bool chinese = false;  // titles and meanings where there are Chinese ones
};

class TextReport : public Reporter {
 public:
  // `out` outlives the report.
  explicit TextReport(std::ostream& out, TextReportOptions options = {}) : out_(out), options_(options) {}

  void run_started(const RunInfo& info) override;
  void case_finished(const CaseResult& result) override;
  void run_finished(const Totals& totals) override;

 private:
  void write_steps(const CaseResult& result);
  void write_step(std::ostream& out, const StepResult& step, const std::string& file) const;
  void write_exchange(std::ostream& out, const Exchange& exchange, const std::string& indent) const;

  std::ostream& out_;
  TextReportOptions options_;
  bool unmask_ = false;
  const Suite* suite_ = nullptr;
};

// The status word of an exchange's answer; nothing when there was none.
std::optional<apdu::StatusWord> status_of(const Exchange& exchange);

}  // namespace ssc::conformance
