// ssc run: runs scenario suites.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <random>

#include "conformance/report/coverage_report.h"
#include "conformance/report/junit_report.h"
#include "conformance/report/text_report.h"
#include "conformance/report/trace_report.h"
#include "conformance/script/loader.h"
#include "tools/ssc/built_in_scenarios.h"
#include "tools/ssc/subcommand.h"
#include "tools/ssc/targets.h"

namespace ssc::tools {
namespace {

using namespace conformance;

struct RunArguments {
  std::vector<std::string> paths;
  std::string card;
  std::string psam = "sample-psam";
  std::string card_target = "sim";
  std::string psam_target = "sim";
  std::string filter;
  std::string shard = "0/1";
  std::string junit;
  std::string coverage;
  std::string trace;
  std::string language = "en";
  std::optional<std::uint64_t> seed;
  bool allow_destructive = false;
  bool unmask = false;
  bool verbose = false;
};

// "I/N" with I below N.
bool read_shard(const std::string& text, PlanOptions& options) {
  const std::size_t slash = text.find('/');
  const auto is_number = [](const std::string& digits) {
    return !digits.empty() && digits.size() < 7 &&
           digits.find_first_not_of("0123456789") == std::string::npos;
  };
  if (slash == std::string::npos) return false;
  const std::string index = text.substr(0, slash);
  const std::string count = text.substr(slash + 1);
  if (!is_number(index) || !is_number(count)) return false;
  options.shard = std::stoul(index);
  options.shards = std::stoul(count);
  return options.shard < options.shards;
}

// A report that an option asks for; none when the path is empty.
struct ReportFile {
  std::string option;
  std::string path;
  std::ofstream out = {};

  bool open() {
    out.open(path, std::ios::binary);
    return static_cast<bool>(out);
  }
  bool close() {
    if (path.empty()) return true;
    out.close();
    return static_cast<bool>(out);
  }
  std::string error(const std::string& what) const { return option + " " + path + ": " + what; }
};

// Everything a run needs, made in order; the first thing that cannot be had ends it with one line.
class Preparation {
 public:
  explicit Preparation(const RunArguments& arguments) : arguments_(arguments) {}

  int run() {
    if (!prepare()) return complain(error_, error_status_);
    return carry_out();
  }

 private:
  bool prepare() {
    PlanOptions options{arguments_.card, arguments_.filter};
    if (!read_shard(arguments_.shard, options))
      return wrong("--shard " + arguments_.shard + ": write I/N, with I from 0 to N-1");
    if (arguments_.card_target.starts_with("pcsc:") && arguments_.card.empty())
      return wrong("--card-target " + arguments_.card_target +
                   " needs --card F: the card file that says what card is in the reader");
    auto suites = load_suites(arguments_.paths, built_in_scenarios());
    if (!suites) return wrong(suites.error().to_string());
    suites_ = std::move(*suites);
    auto plan = make_plan(suites_, options, models_);
    if (!plan) return wrong(plan.error().to_string());
    plan_ = std::move(*plan);
    return read_reasons() && make_targets();
  }

  bool read_reasons() {
    if (arguments_.coverage.empty()) return true;
    const auto source = xml::find_source("scenarios/unreached.tsv", built_in_scenarios());
    if (!source) return wrong(source.error().to_string());
    auto reasons = load_unreached(*source);
    if (!reasons) return wrong(reasons.error().to_string());
    unreached_ = *std::move(reasons);
    return true;
  }

  bool make_targets() {
    auto card = make_target(arguments_.card_target, apdu::Slot::kCard);
    if (!card) return wrong(card.error().what, card.error().exit_status);
    card_ = std::move(*card);
    targets_.card = card_.get();
    if (arguments_.psam_target == "keys") return true;
    auto psam = make_target(arguments_.psam_target, apdu::Slot::kPsam);
    if (!psam) return wrong(psam.error().what, psam.error().exit_status);
    psam_ = std::move(*psam);
    targets_.psam = psam_.get();
    auto model = models_.card(arguments_.psam);
    if (!model) return wrong(model.error().to_string());
    targets_.psam_model = std::move(*model);
    if (targets_.psam_model->kind != simulator::profile::Kind::kPsam)
      return wrong("--psam " + arguments_.psam + " is a card, not a PSAM");
    return true;
  }

  int carry_out() {
    TextReport text(std::cout, {.verbose = arguments_.verbose, .chinese = arguments_.language == "zh"});
    ReportFile junit_file{"--junit", arguments_.junit};
    ReportFile trace_file{"--trace", arguments_.trace};
    ReportFile coverage_file{"--coverage", arguments_.coverage};
    JunitReport junit(junit_file.out);
    TraceReport trace(trace_file.out, language());
    CoverageReport coverage(coverage_file.out, std::move(unreached_));
    const std::pair<ReportFile*, Reporter*> files[] = {
        {&junit_file, &junit}, {&trace_file, &trace}, {&coverage_file, &coverage}};

    std::vector<Reporter*> reporters{&text};
    for (const auto& [file, reporter] : files) {
      if (file->path.empty()) continue;
      if (!file->open()) return complain(file->error("cannot be written"), exit_code::not_carried_out);
      reporters.push_back(reporter);
    }
    const Totals totals = conformance::run(plan_, targets_, run_options(), reporters);
    for (const auto& [file, reporter] : files) {
      if (!file->close())
        return complain(file->error("the disk did not take it"), exit_code::not_carried_out);
    }
    return exit_status(totals);
  }

  RunOptions run_options() const {
    RunOptions options;
    options.allow_destructive = arguments_.allow_destructive;
    options.info = {SSC_VERSION,
                    arguments_.card_target,
                    arguments_.psam_target,
                    targets_.psam_model ? targets_.psam_model->name : "",
                    seed(),
                    arguments_.unmask,
                    plan_.size()};
    return options;
  }

  apdu::Language language() const {
    return arguments_.language == "zh" ? apdu::Language::kChinese : apdu::Language::kEnglish;
  }

  std::uint64_t seed() const {
    if (arguments_.seed) return *arguments_.seed;
    return std::random_device()();
  }

  bool wrong(std::string line, int status = exit_code::bad_input) {
    error_ = std::move(line);
    error_status_ = status;
    return false;
  }

  const RunArguments& arguments_;
  std::string error_;
  int error_status_ = exit_code::bad_input;
  Models models_;
  std::vector<Suite> suites_;
  std::vector<PlannedCase> plan_;
  std::vector<Unreached> unreached_;
  std::unique_ptr<Target> card_;
  std::unique_ptr<Target> psam_;
  RunTargets targets_;
};

void add_run(CLI::App& program, int& exit_status) {
  auto arguments = std::make_shared<RunArguments>();
  CLI::App* command = program.add_subcommand("run", "Runs scenario suites and gives each case a verdict");
  command->add_option("PATH", arguments->paths, "Scenario files or folders; built-in: scenarios")->required();
  command->add_option("--card", arguments->card, "Card file or built-in card for every case");
  command->add_option("--psam", arguments->psam, "PSAM file or built-in PSAM")->capture_default_str();
  command->add_option("--card-target", arguments->card_target, "sim, vpcd or pcsc:NAME")
      ->capture_default_str();
  command->add_option("--psam-target", arguments->psam_target, "sim, vpcd, pcsc:NAME or keys")
      ->capture_default_str();
  command->add_option("--filter", arguments->filter, "Case ids with * and ?, commas between, ! leaves out");
  command->add_flag("--allow-destructive", arguments->allow_destructive,
                    "Someone else's card may be written, locked and blocked");
  command->add_option("--shard", arguments->shard, "I/N: each N-th case, from the I-th, counted from 0");
  command->add_option("--junit", arguments->junit, "Writes JUnit XML to this file");
  command->add_option("--coverage", arguments->coverage,
                      "Writes which case reaches which status word of which command");
  command->add_option("--trace", arguments->trace, "Writes every exchange, decoded, to this file");
  command->add_option("--lang", arguments->language, "zh or en")->check(CLI::IsMember({"zh", "en"}));
  command->add_option("--seed", arguments->seed, "Makes a run repeatable; each report names its seed");
  command->add_flag("--unmask", arguments->unmask, "Shows PINs, keys and personal data");
  command->add_flag("-v,--verbose", arguments->verbose, "Shows the steps of every case");
  command->footer(
      "Example: ssc run scenarios/pin --junit pin.xml\n"
      "Exit: 0 all well, 1 a case failed, 2 wrong use or bad input, 3 could not be carried out.");
  command->callback([arguments, &exit_status] { exit_status = Preparation(*arguments).run(); });
}

const Subcommand kRun("run", add_run);

}  // namespace
}  // namespace ssc::tools
