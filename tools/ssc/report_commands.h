// The subcommands of `ssc report`, each in its own file, and what they share.
#pragma once

#include <string>
#include <vector>

#include "conformance/report/report_file.h"

namespace CLI {
class App;
}

namespace ssc::tools {

// The files' texts. The error is one line.
tl::expected<std::vector<conformance::ReportText>, std::string> read_reports(
    const std::vector<std::string>& paths);

void add_report_merge(CLI::App& report, int& exit_status);
void add_report_diff(CLI::App& report, int& exit_status);
void add_report_coverage(CLI::App& report, int& exit_status);
void add_report_specification(CLI::App& report, int& exit_status);

}  // namespace ssc::tools
