// Every exchange of a run as the text trace: the runner's own as well, such as GET RESPONSE after 61xx.
#pragma once

#include <iosfwd>

#include "apdu/text_trace.h"
#include "conformance/engine/run.h"

namespace ssc::conformance {

// Writes each case as it ends, its verdict last, and flushes. Does not own the stream. Masks unless the run
// says otherwise.
class TraceReport : public Reporter {
 public:
  TraceReport(std::ostream& out, apdu::Language language) : out_(out), options_{.language = language} {}

  void run_started(const RunInfo& info) override;
  void case_finished(const CaseResult& result) override;

 private:
  void note(const std::string& line);

  std::ostream& out_;
  apdu::TextOptions options_;
};

}  // namespace ssc::conformance
