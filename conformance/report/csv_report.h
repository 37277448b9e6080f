// The report for spreadsheets: a line for each case on each card (RFC 4180, UTF-8 with a byte order mark).
#pragma once

#include <iosfwd>

#include "conformance/engine/run.h"

namespace ssc::conformance {

class CsvReport : public Reporter {
 public:
  // `out` outlives the report.
  explicit CsvReport(std::ostream& out) : out_(out) {}

  void run_started(const RunInfo& info) override;
  void case_finished(const CaseResult& result) override;

 private:
  std::ostream& out_;
};

// The field as it stands between commas. One that a spreadsheet would take for a formula gets a ' in front.
std::string csv_field(std::string_view text);

}  // namespace ssc::conformance
