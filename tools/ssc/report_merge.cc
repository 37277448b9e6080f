// ssc report merge: one report out of several.
#include <CLI/CLI.hpp>
#include <fstream>
#include <memory>

#include "conformance/report/html_report.h"
#include "tools/ssc/report_commands.h"
#include "tools/ssc/subcommand.h"

namespace ssc::tools {
namespace {

struct MergeArguments {
  std::vector<std::string> reports;
  std::string mutants;
  std::string json;
  std::string html;
};

apdu::Loaded<std::string> merged(const std::vector<conformance::ReportText>& reports,
                                 const std::optional<conformance::ReportText>& mutants) {
  auto json = conformance::merge_reports(reports);
  if (!json || !mutants) return json;
  return conformance::add_mutants({"the merged report", *json}, *mutants);
}

bool write_json(std::ostream& out, const std::string& json) { return static_cast<bool>(out << json << '\n'); }
bool write_html(std::ostream& out, const std::string& json) {
  conformance::write_page(out, json);
  return static_cast<bool>(out);
}

bool write_file(const std::string& path, const std::string& json,
                bool (*write)(std::ostream&, const std::string&)) {
  if (path.empty()) return true;
  std::ofstream file(path, std::ios::binary);
  return file && write(file, json) && file.flush();
}

int merge(const MergeArguments& arguments) {
  if (arguments.json.empty() && arguments.html.empty())
    return complain("report merge: nothing to write; add --json FILE or --html FILE");
  const auto reports = read_reports(arguments.reports);
  if (!reports) return complain(reports.error());
  std::optional<conformance::ReportText> mutants;
  if (!arguments.mutants.empty()) {
    auto read = read_reports({arguments.mutants});
    if (!read) return complain(read.error());
    mutants = std::move(read->front());
  }
  const auto json = merged(*reports, mutants);
  if (!json) return complain(json.error().to_string());
  const bool written =
      write_file(arguments.json, *json, write_json) && write_file(arguments.html, *json, write_html);
  return written ? exit_code::ok
                 : complain("report merge: the report cannot be written", exit_code::not_carried_out);
}

}  // namespace

void add_report_merge(CLI::App& report, int& exit_status) {
  auto arguments = std::make_shared<MergeArguments>();
  CLI::App* command = report.add_subcommand(
      "merge", "Makes one report out of the JSON reports of shards, or of runs on different cards");
  command->add_option("REPORT", arguments->reports, "JSON reports")->required();
  command->add_option("--mutants", arguments->mutants, "Adds the table that ssc mutants --json wrote");
  command->add_option("--json", arguments->json, "Writes the merged report for programs");
  command->add_option("--html", arguments->html, "Writes it as one page for a browser");
  command->footer("Example: ssc report merge shard0.json shard1.json --html report.html");
  command->callback([arguments, &exit_status] { exit_status = merge(*arguments); });
}

}  // namespace ssc::tools
