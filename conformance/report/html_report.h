// The report as one page that needs nothing else: no network, no other file. Its data are the JSON report's.
#pragma once

#include <iosfwd>
#include <string_view>

#include "conformance/report/json_report.h"
#include "conformance/report/packed_stream.h"

namespace ssc::conformance {

class HtmlReport : public Reporter {
 public:
  // As for JsonReport.
  explicit HtmlReport(std::ostream& out, const Coverage* coverage = nullptr)
      : out_(out), packed_(out), data_(packed_, coverage) {}

  void run_started(const RunInfo& info) override;
  void case_finished(const CaseResult& result) override { data_.case_finished(result); }
  void run_finished(const Totals& totals) override;

 private:
  std::ostream& out_;
  PackedStream packed_;
  JsonReport data_;
};

// The page around a JSON report.
void write_page(std::ostream& out, std::string_view json);

}  // namespace ssc::conformance
