// ssc report diff: which verdicts changed from one report to another.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <memory>

#include "tools/ssc/report_commands.h"
#include "tools/ssc/subcommand.h"

namespace ssc::tools {
namespace {

using conformance::VerdictChange;

struct DiffArguments {
  std::string before;
  std::string after;
};

std::string line_of(const VerdictChange& change) {
  constexpr const char* kWords[] = {"worse", "better", "changed", "new", "gone"};
  const auto shown = [](const std::string& verdict) { return verdict.empty() ? "-" : verdict; };
  return fmt::format("{:<8} {:<24} {:<16} {} -> {}{}{}\n", kWords[static_cast<std::size_t>(change.kind)],
                     change.id, change.card, shown(change.before), shown(change.after),
                     change.reason.empty() ? "" : "  ", change.reason);
}

int diff(const DiffArguments& arguments) {
  const auto reports = read_reports({arguments.before, arguments.after});
  if (!reports) return complain(reports.error());
  const auto changes = conformance::compare_reports(reports->front(), reports->back());
  if (!changes) return complain(changes.error().to_string());
  for (const VerdictChange& change : *changes) std::cout << line_of(change);
  const auto count = [&](VerdictChange::Kind kind) {
    return std::ranges::count(*changes, kind, &VerdictChange::kind);
  };
  using Kind = VerdictChange::Kind;
  std::cout << fmt::format("{} worse, {} better, {} changed otherwise, {} new, {} gone\n",
                           count(Kind::kWorse), count(Kind::kBetter), count(Kind::kOther), count(Kind::kNew),
                           count(Kind::kGone));
  return count(Kind::kWorse) == 0 ? exit_code::ok : exit_code::failed;
}

}  // namespace

void add_report_diff(CLI::App& report, int& exit_status) {
  auto arguments = std::make_shared<DiffArguments>();
  CLI::App* command = report.add_subcommand("diff", "Says which verdicts changed between two JSON reports");
  command->add_option("BEFORE", arguments->before, "JSON report")->required();
  command->add_option("AFTER", arguments->after, "JSON report")->required();
  command->footer(
      "Example: ssc report diff before.json after.json\nExit: 1 when a verdict is worse than before.");
  command->callback([arguments, &exit_status] { exit_status = diff(*arguments); });
}

}  // namespace ssc::tools
