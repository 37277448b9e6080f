#include "tools/ssc/run_reports.h"

#include "conformance/report/csv_report.h"
#include "conformance/report/html_report.h"
#include "conformance/report/json_report.h"
#include "conformance/report/junit_report.h"
#include "conformance/report/trace_report.h"

namespace ssc::tools {

using namespace conformance;

template <class Report, class... More>
void RunReports::add(const char* option, const std::string& path, const More&... more) {
  if (path.empty()) return;
  File& file = files_.emplace_back(File{option, path});
  file.reporter = std::make_unique<Report>(file.out, more...);
}

RunReports::RunReports(const ReportPaths& paths, apdu::Language language, std::vector<Unreached> unreached)
    : coverage_(std::move(unreached)) {
  add<JunitReport>("--junit", paths.junit);
  add<JsonReport>("--json", paths.json, &coverage_);
  add<HtmlReport>("--html", paths.html, &coverage_);
  add<CsvReport>("--csv", paths.csv);
  add<TraceReport>("--trace", paths.trace, language);
  if (paths.coverage.empty()) return;
  File& file = files_.emplace_back(File{"--coverage", paths.coverage});
  file.reporter = std::make_unique<CoverageReport>(file.out, coverage_);
}

std::optional<std::string> RunReports::open() {
  for (File& file : files_) {
    file.out.open(file.path, std::ios::binary);
    if (!file.out) return file.option + " " + file.path + ": cannot be written";
  }
  return std::nullopt;
}

std::vector<Reporter*> RunReports::reporters() {
  std::vector<Reporter*> all{&coverage_};
  for (const File& file : files_) all.push_back(file.reporter.get());
  return all;
}

std::optional<std::string> RunReports::close() {
  for (File& file : files_) {
    file.out.close();
    if (!file.out) return file.option + " " + file.path + ": the disk did not take it";
  }
  return std::nullopt;
}

}  // namespace ssc::tools
