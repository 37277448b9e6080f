// ssc lint: what is wrong with suites that load.
#include <CLI/CLI.hpp>
#include <iostream>

#include "conformance/lint/lint.h"
#include "tools/ssc/built_in_scenarios.h"
#include "tools/ssc/subcommand.h"

namespace ssc::tools {
namespace {

using namespace conformance;

int lint_paths(const std::vector<std::string>& paths) {
  const auto suites = load_suites(paths, built_in_scenarios());
  if (!suites) return complain(suites.error().to_string());
  Models models;
  const auto cards = lint::cards_for(*suites, models);
  if (!cards) return complain(cards.error().to_string());
  const auto remarks = lint::lint({*suites, paths, *cards, lint::Clauses::built_in()});
  for (const lint::Remark& remark : remarks) std::cout << remark.to_string() << "\n";
  std::cout << suites->size() << " suites, " << remarks.size() << " remarks\n";
  return remarks.empty() ? exit_code::ok : exit_code::failed;
}

void add_lint(CLI::App& program, int& exit_status) {
  auto paths = std::make_shared<std::vector<std::string>>();
  CLI::App* command =
      program.add_subcommand("lint", "Says what is wrong with scenario suites, without running them");
  command->add_option("PATH", *paths, "Scenario files or folders; built-in: scenarios")->required();
  command->footer(
      "Example: ssc lint scenarios\n"
      "Each remark is a line: file:line: what: how to mend it.\n"
      "Exit: 0 nothing to say, 1 remarks, 2 a file cannot be read or does not load.");
  command->callback([paths, &exit_status] { exit_status = lint_paths(*paths); });
}

const Subcommand kLint("lint", add_lint);

}  // namespace
}  // namespace ssc::tools
