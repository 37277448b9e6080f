// ssc report spec: the test specification, from the same files that are run.
#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <memory>

#include "conformance/report/specification.h"
#include "conformance/script/loader.h"
#include "tools/ssc/built_in_scenarios.h"
#include "tools/ssc/report_commands.h"
#include "tools/ssc/subcommand.h"

namespace ssc::tools {
namespace {

struct Arguments {
  std::vector<std::string> paths = {"scenarios"};
  std::string out;
  std::string language = "en";
};

int print_specification(const Arguments& arguments) {
  const auto suites = conformance::load_suites(arguments.paths, built_in_scenarios());
  if (!suites) return complain(suites.error().to_string());
  std::ofstream file(arguments.out, std::ios::binary);
  const auto language = arguments.language == "zh" ? apdu::Language::kChinese : apdu::Language::kEnglish;
  conformance::write_specification(file, *suites, language, SSC_VERSION);
  file.close();
  if (!file) return complain(arguments.out + ": cannot be written", exit_code::not_carried_out);
  std::size_t cases = 0;
  for (const conformance::Suite& suite : *suites) cases += suite.cases.size();
  std::cout << arguments.out << ": " << suites->size() << " suites, " << cases << " cases\n";
  return exit_code::ok;
}

}  // namespace

void add_report_specification(CLI::App& report, int& exit_status) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command =
      report.add_subcommand("spec", "Prints the test specification of suites as one HTML page");
  command->add_option("PATH", arguments->paths,
                      "Scenario files or folders; left out: the built-in scenarios");
  command->add_option("-o,--out", arguments->out, "HTML file to write")->required();
  command->add_option("--lang", arguments->language, "zh or en: of titles and headings")
      ->check(CLI::IsMember({"zh", "en"}));
  command->footer(
      "Example: ssc report spec scenarios -o spec.html --lang zh\n"
      "Each case with its purpose, group, clause, condition and steps; a table from group and clause to "
      "case.");
  command->callback([arguments, &exit_status] { exit_status = print_specification(*arguments); });
}

}  // namespace ssc::tools
