// ssc report: what to do with reports after the run.
#include <CLI/CLI.hpp>
#include <fstream>
#include <iterator>

#include "tools/ssc/report_commands.h"
#include "tools/ssc/subcommand.h"

namespace ssc::tools {

tl::expected<std::vector<conformance::ReportText>, std::string> read_reports(
    const std::vector<std::string>& paths) {
  std::vector<conformance::ReportText> reports;
  for (const std::string& path : paths) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return tl::make_unexpected(path + ": cannot be read");
    reports.push_back({path, {std::istreambuf_iterator<char>(file), {}}});
  }
  return reports;
}

namespace {

void add_report(CLI::App& program, int& exit_status) {
  CLI::App* command = program.add_subcommand("report", "Merges, compares and prints reports");
  command->require_subcommand(1);
  command->footer(
      "Example: ssc report diff before.json after.json\n"
      "ssc report SUBCOMMAND --help tells more, with an example each.");
  for (const auto add : {add_report_coverage, add_report_diff, add_report_merge, add_report_specification})
    add(*command, exit_status);
}

const Subcommand kReport("report", add_report);

}  // namespace
}  // namespace ssc::tools
