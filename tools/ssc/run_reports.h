// The reports of a run that options ask for, each in a file.
#pragma once

#include <deque>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "conformance/report/coverage_report.h"

namespace ssc::tools {

struct ReportPaths {  // empty: not wanted
  std::string junit;
  std::string json;
  std::string csv;
  std::string html;
  std::string coverage;
  std::string trace;
};

class RunReports {
 public:
  // `unreached`: reasons for holes in the table of status words.
  RunReports(const ReportPaths& paths, apdu::Language language,
             std::vector<conformance::Unreached> unreached);

  // One line, when a file cannot be written.
  std::optional<std::string> open();
  // In the order in which they must be told.
  std::vector<conformance::Reporter*> reporters();
  // One line, when the disk did not take it all.
  std::optional<std::string> close();

 private:
  struct File {
    std::string option;
    std::string path;
    std::ofstream out = {};
    std::unique_ptr<conformance::Reporter> reporter = {};
  };
  template <class Report, class... More>
  void add(const char* option, const std::string& path, const More&... more);

  conformance::Coverage coverage_;
  std::deque<File> files_;
};

}  // namespace ssc::tools
