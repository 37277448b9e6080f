#include "conformance/report/junit_report.h"

#include <fmt/format.h>

#include <ostream>
#include <sstream>

#include "apdu/xml/escape.h"
#include "conformance/report/text_report.h"

namespace ssc::conformance {
namespace {

double seconds(std::uint64_t microseconds) { return static_cast<double>(microseconds) / 1e6; }

std::string_view element_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::kFail:
      return "failure";
    case Verdict::kError:
    case Verdict::kInconclusive:
      return "error";
    case Verdict::kNotApplicable:
    case Verdict::kNotRun:
      return "skipped";
    default:
      return "";
  }
}

// The case as the text report tells it, with all its steps.
std::string told(const CaseResult& result, const RunInfo& info) {
  std::ostringstream text;
  TextReport report(text, {.verbose = true});
  report.run_started(info);
  report.case_finished(result);
  return text.str();
}

std::string counts(const Totals& totals) {
  return fmt::format("tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\"", totals.all(),
                     totals[Verdict::kFail], totals[Verdict::kError] + totals[Verdict::kInconclusive],
                     totals[Verdict::kNotApplicable] + totals[Verdict::kNotRun]);
}

std::string body_of(const CaseResult& result, const RunInfo& info) {
  const std::string_view element = element_of(result.verdict);
  if (!element.empty()) {
    const std::string text = element == "skipped" ? "" : xml::escape(told(result, info));
    return fmt::format("      <{0} message=\"{1}: {2}\">{3}</{0}>\n", element, name(result.verdict),
                       xml::escape(result.reason), text);
  }
  if (result.verdict == Verdict::kPass) return {};
  return fmt::format("      <system-out>{}: {}</system-out>\n", name(result.verdict),
                     xml::escape(result.reason));
}

}  // namespace

void JunitReport::case_finished(const CaseResult& result) {
  if (suites_.empty() || suites_.back().suite != result.suite) suites_.push_back({result.suite, {}, {}, 0});
  SuiteText& suite = suites_.back();
  suite.totals.add(result.verdict);
  suite.took_us += result.took_us;
  suite.cases += fmt::format(
      "    <testcase classname=\"{}\" name=\"{} [{}]\" file=\"{}\" line=\"{}\" time=\"{:.6f}\">\n{}    "
      "</testcase>\n",
      xml::escape(result.suite->id), xml::escape(result.test->id), xml::escape(result.card),
      xml::escape(result.test->at.file), result.test->at.line, seconds(result.took_us),
      body_of(result, info_));
}

void JunitReport::run_finished(const Totals& totals) {
  out_ << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  out_ << fmt::format("<testsuites name=\"ssc\" {}>\n", counts(totals));
  for (const SuiteText& suite : suites_) {
    out_ << fmt::format("  <testsuite name=\"{}\" {} time=\"{:.6f}\">\n", xml::escape(suite.suite->title),
                        counts(suite.totals), seconds(suite.took_us));
    out_ << fmt::format("    <properties><property name=\"seed\" value=\"{}\"/></properties>\n", info_.seed);
    out_ << suite.cases << "  </testsuite>\n";
  }
  out_ << "</testsuites>\n";
}

}  // namespace ssc::conformance
