#include "conformance/report/trace_report.h"

#include <fmt/format.h>

#include <ostream>

namespace ssc::conformance {

void TraceReport::run_started(const RunInfo& info) { options_.unmask = info.unmask; }

void TraceReport::note(const std::string& line) { out_ << fmt::format("== {}\n", line); }

void TraceReport::case_finished(const CaseResult& result) {
  const bool chinese = options_.language == apdu::Language::kChinese && !result.test->title_zh.empty();
  note(fmt::format("{} {}: {}", result.test->id, result.card,
                   chinese ? result.test->title_zh : result.test->purpose));
  for (const StepResult& step : result.steps) {
    for (const Exchange& exchange : step.exchanges) {
      const apdu::TraceEvent event = exchange.event();
      out_ << apdu::format_event(event, {event.command_secrets, event.response_secrets}, options_);
    }
  }
  note(fmt::format("{} {}{}{}", result.test->id, name(result.verdict), result.reason.empty() ? "" : ": ",
                   result.reason));
  out_ << std::flush;
}

}  // namespace ssc::conformance
