// ssc run: runs scenario suites.
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <ctime>
#include <fstream>
#include <iostream>
#include <random>
#include <thread>

#include "conformance/report/text_report.h"
#include "conformance/script/loader.h"
#include "tools/ssc/built_in_scenarios.h"
#include "tools/ssc/passphrase.h"
#include "tools/ssc/run_progress.h"
#include "tools/ssc/run_reports.h"
#include "tools/ssc/shard.h"
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
  std::string shard;
  std::string mutant;
  unsigned jobs = 0;
  ReportPaths reports;
  std::string language = "en";
  std::string passphrase_file;
  std::optional<std::uint64_t> seed;
  bool allow_destructive = false;
  bool unmask = false;
  bool verbose = false;
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
    const auto shard = read_shard(arguments_.shard);
    if (!shard) return wrong(shard.error());
    shard_ = fmt::format("{}/{}", shard->index, shard->count);
    const PlanOptions options{arguments_.card, arguments_.filter, shard->index, shard->count};
    if (arguments_.card_target.starts_with("pcsc:") && arguments_.card.empty())
      return wrong("--card-target " + arguments_.card_target +
                   " needs --card F: the card file that says what card is in the reader");
    auto suites = load_suites(arguments_.paths, built_in_scenarios());
    if (!suites) return wrong(suites.error().to_string());
    suites_ = std::move(*suites);
    const auto passphrase = Passphrase::read(arguments_.passphrase_file);
    if (!passphrase) return wrong(passphrase.error().what);
    models_ = Models({}, passphrase->access());
    auto plan = make_plan(suites_, options, models_);
    if (!plan) return wrong(plan.error().to_string());
    plan_ = std::move(*plan);
    return read_reasons() && make_targets();
  }

  bool read_reasons() {
    const auto source = xml::find_source("scenarios/unreached.tsv", built_in_scenarios());
    if (!source) return wrong(source.error().to_string());
    auto reasons = load_unreached(*source);
    if (!reasons) return wrong(reasons.error().to_string());
    unreached_ = *std::move(reasons);
    return true;
  }

  bool is_virtual() const {
    return arguments_.card_target == "sim" &&
           (arguments_.psam_target == "sim" || arguments_.psam_target == "keys");
  }

  // Cards in readers are talked to one after the other.
  bool make_targets() {
    if (arguments_.jobs > 1 && !is_virtual())
      return wrong(fmt::format("--jobs {}: only virtual cards (sim) run beside each other", arguments_.jobs));
    const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
    const unsigned jobs = !is_virtual() ? 1 : arguments_.jobs == 0 ? cores : arguments_.jobs;
    return read_psam() && make_workers(jobs);
  }

  bool read_psam() {
    if (arguments_.psam_target == "keys") return true;
    auto model = models_.card(arguments_.psam);
    if (!model) return wrong(model.error().to_string());
    psam_ = std::move(*model);
    if (psam_->kind == simulator::profile::Kind::kPsam) return true;
    return wrong("--psam " + arguments_.psam + " is a card, not a PSAM");
  }

  bool make_workers(unsigned count) {
    for (unsigned i = 0; i < count; ++i) {
      Target* card = add_target(arguments_.card_target, apdu::Slot::kCard);
      Target* psam = psam_ && card ? add_target(arguments_.psam_target, apdu::Slot::kPsam) : nullptr;
      if (!card || (psam_ && !psam)) return false;
      workers_.push_back({card, psam, psam_});
    }
    return true;
  }

  Target* add_target(const std::string& name, apdu::Slot slot) {
    const auto mutant = find_mutant(arguments_.mutant);
    auto target = mutant ? make_target(name, slot, *mutant) : tl::make_unexpected(mutant.error());
    if (target) return targets_.emplace_back(std::move(*target)).get();
    wrong(target.error().what, target.error().exit_status);
    return nullptr;
  }

  int carry_out() {
    TextReport text(std::cout, {.verbose = arguments_.verbose, .chinese = arguments_.language == "zh"});
    ProgressReport shown(text, std::cerr, progress_form(ProgressLine::Form::kNone), plan_.size());
    RunReports files(arguments_.reports, language(), std::move(unreached_));
    if (const auto error = files.open()) return complain(*error, exit_code::not_carried_out);
    std::vector<Reporter*> reporters = files.reporters();
    reporters.insert(reporters.begin(), &shown);
    const Totals totals = conformance::run(plan_, workers_, run_options(), reporters);
    if (const auto error = files.close()) return complain(*error, exit_code::not_carried_out);
    return exit_status(totals);
  }

  RunOptions run_options() const {
    RunOptions options;
    options.allow_destructive = arguments_.allow_destructive;
    options.counted_time = is_virtual() && arguments_.seed;
    RunInfo& info = options.info;
    info.version = SSC_VERSION;
    info.card_target = arguments_.card_target;
    info.psam_target = arguments_.psam_target;
    info.psam = psam_ ? psam_->name : "";
    info.seed = seed();
    info.unmask = arguments_.unmask;
    info.cases = plan_.size();
    info.shard = shard_;
    info.started = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
    for (const PlannedCase& planned : plan_) {
      if (std::ranges::find(info.cards, planned.card) == info.cards.end()) info.cards.push_back(planned.card);
    }
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
  std::string shard_;
  std::vector<Unreached> unreached_;
  std::shared_ptr<const CardModel> psam_;
  std::vector<std::unique_ptr<Target>> targets_;
  std::vector<RunTargets> workers_;
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
  command->add_option("--shard", arguments->shard,
                      "I/N: each N-th case, from the I-th, counted from 0; else as Bazel or GoogleTest say");
  command->add_option("--jobs", arguments->jobs, "Cases at once, on virtual cards; all cores when left out")
      ->check(CLI::Range(1U, 256U));
  command->add_option("--mutant", arguments->mutant,
                      "A defect that the virtual cards have; 'ssc mutants --list' names them");
  command->add_option("--junit", arguments->reports.junit, "Writes JUnit XML to this file");
  command->add_option("--html", arguments->reports.html, "Writes the report as one page for a browser");
  command->add_option("--json", arguments->reports.json,
                      "Writes the report for programs, and for ssc report");
  command->add_option("--csv", arguments->reports.csv, "Writes a line a case for spreadsheets");
  command->add_option("--coverage", arguments->reports.coverage,
                      "Writes what the cases reached: status words, file rights, PIN and key states");
  command->add_option("--trace", arguments->reports.trace, "Writes every exchange, decoded, to this file");
  command->add_option("--lang", arguments->language, "zh or en")->check(CLI::IsMember({"zh", "en"}));
  command->add_option("--seed", arguments->seed,
                      "Makes a run repeatable, times in its trace too; each report names its seed");
  command->add_flag("--unmask", arguments->unmask, "Shows PINs, keys and personal data");
  add_passphrase_option(*command, arguments->passphrase_file);
  command->add_flag("-v,--verbose", arguments->verbose, "Shows the steps of every case");
  command->footer(
      "Example: ssc run scenarios/pin --html pin.html\n"
      "Exit: 0 all well, 1 a case failed, 2 wrong use or bad input, 3 could not be carried out.");
  command->callback([arguments, &exit_status] { exit_status = Preparation(*arguments).run(); });
}

const Subcommand kRun("run", add_run);

}  // namespace
}  // namespace ssc::tools
