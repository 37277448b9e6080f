// ssc report coverage: the coverage tables of a JSON report, as text.
#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "tools/ssc/report_commands.h"
#include "tools/ssc/subcommand.h"

namespace ssc::tools {
namespace {

int print_coverage(const std::string& path) {
  const auto reports = read_reports({path});
  if (!reports) return complain(reports.error());
  const auto matrices = conformance::coverage_of(reports->front());
  if (!matrices) return complain(matrices.error().to_string());
  if (matrices->empty()) return complain(path + ": has no coverage", exit_code::not_carried_out);
  for (const conformance::Matrix& matrix : *matrices) std::cout << to_text(matrix) << '\n';
  return exit_code::ok;
}

}  // namespace

void add_report_coverage(CLI::App& report, int& exit_status) {
  auto path = std::make_shared<std::string>();
  CLI::App* command = report.add_subcommand(
      "coverage",
      "Prints what the cases of a report reached: status words, file rights, PIN and key states, "
      "record addressing");
  command->add_option("REPORT", *path, "JSON report of ssc run or ssc report merge")->required();
  command->footer("Example: ssc report coverage report.json");
  command->callback([path, &exit_status] { exit_status = print_coverage(*path); });
}

}  // namespace ssc::tools
