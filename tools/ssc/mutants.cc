// ssc mutants: do the suites catch each defect that they are for?
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <fstream>
#include <iostream>
#include <map>
#include <mutex>
#include <thread>

#include "conformance/channel/in_process.h"
#include "conformance/engine/run.h"
#include "conformance/report/mutant_report.h"
#include "conformance/script/loader.h"
#include "simulator/mutants/mutant.h"
#include "tools/ssc/built_in_scenarios.h"
#include "tools/ssc/progress_line.h"
#include "tools/ssc/subcommand.h"

namespace ssc::tools {
namespace {

using namespace conformance;
using simulator::mutants::Mutant;

struct MutantArguments {
  std::vector<std::string> paths = {"scenarios"};
  std::vector<std::string> only;
  std::string json;
  unsigned jobs = 0;
  bool list = false;
};

constexpr std::uint64_t kSeed = 1;

bool passes(Verdict verdict) { return verdict == Verdict::kPass || verdict == Verdict::kWarn; }

// The verdict of one case.
class Verdicts final : public Reporter {
 public:
  void case_finished(const CaseResult& result) override { last = result.verdict; }
  Verdict last = Verdict::kNotRun;
};

// The virtual pair with one defect, or none.
class Pair {
 public:
  Pair(const Mutant* mutant, std::shared_ptr<const CardModel> psam)
      : card_(in_process_target(mutant)), psam_(in_process_target(mutant)), model_(std::move(psam)) {}

  Verdict verdict(const PlannedCase& planned) {
    Verdicts verdicts;
    RunOptions options;
    options.counted_time = true;
    options.info.seed = kSeed;
    conformance::run({planned}, RunTargets{card_.get(), psam_.get(), model_}, options, {&verdicts});
    return verdicts.last;
  }

 private:
  std::unique_ptr<Target> card_;
  std::unique_ptr<Target> psam_;
  std::shared_ptr<const CardModel> model_;
};

// Calls work(i) for each i below count, on all cores.
void in_parallel(unsigned jobs, std::size_t count, const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next = 0;
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < jobs; ++i) {
    threads.emplace_back([&] {
      for (std::size_t at = next++; at < count; at = next++) work(at);
    });
  }
  for (std::thread& thread : threads) thread.join();
}

using Reasons = std::map<std::string, std::string, std::less<>>;

// scenarios/survivors.tsv: id, tab, why no case can catch it.
Reasons read_reasons() {
  Reasons reasons;
  for (const apdu::EmbeddedFile& file : built_in_scenarios()) {
    if (file.name != "scenarios/survivors.tsv") continue;
    std::istringstream lines{std::string(file.text)};
    for (std::string line; std::getline(lines, line);) {
      const std::size_t tab = line.find('\t');
      if (!line.starts_with('#') && tab != std::string::npos)
        reasons[line.substr(0, tab)] = line.substr(tab + 1);
    }
  }
  return reasons;
}

class Hunt {
 public:
  explicit Hunt(const MutantArguments& arguments) : arguments_(arguments) {}

  int run() {
    if (auto wrong = prepare()) return complain(*wrong);
    find_passing();
    hunt();
    return report();
  }

 private:
  std::optional<std::string> prepare() {
    auto suites = load_suites(arguments_.paths, built_in_scenarios());
    if (!suites) return suites.error().to_string();
    suites_ = *std::move(suites);
    auto plan = make_plan(suites_, {}, models_);
    if (!plan) return plan.error().to_string();
    plan_ = *std::move(plan);
    auto psam = models_.card("sample-psam");
    if (!psam) return psam.error().to_string();
    psam_ = *std::move(psam);
    jobs_ = arguments_.jobs != 0 ? arguments_.jobs : std::max(1U, std::thread::hardware_concurrency());
    return choose();
  }

  std::optional<std::string> choose() {
    for (const std::string& id : arguments_.only) {
      if (simulator::mutants::find(id) == nullptr)
        return fmt::format("{}: there is no such mutant; 'ssc mutants --list' names them", id);
    }
    for (const Mutant& mutant : simulator::mutants::catalogue()) {
      const bool named = std::ranges::find(arguments_.only, mutant.id) != arguments_.only.end();
      if (arguments_.only.empty() || named) mutants_.push_back(&mutant);
    }
    return std::nullopt;
  }

  // Only a case that the healthy pair passes can catch anything.
  void find_passing() {
    std::vector<std::uint8_t> good(plan_.size());
    in_parallel(jobs_, plan_.size(),
                [&](std::size_t i) { good[i] = passes(Pair(nullptr, psam_).verdict(plan_[i])) ? 1 : 0; });
    for (std::size_t i = 0; i < plan_.size(); ++i) {
      if (good[i] != 0) passing_.push_back(i);
    }
  }

  void hunt() {
    killers_.resize(mutants_.size());
    ProgressLine line(std::cerr, progress_form(ProgressLine::Form::kNone), mutants_.size());
    std::size_t done = 0;
    in_parallel(jobs_, mutants_.size(), [&](std::size_t i) {
      killers_[i] = killer_of(*mutants_[i]);
      const std::scoped_lock lock(mutex_);
      line.advance(++done);
    });
  }

  // Cases that caught another mutant first: they catch much.
  std::vector<std::size_t> order() {
    const std::scoped_lock lock(mutex_);
    std::vector<std::size_t> all(famous_.begin(), famous_.end());
    for (const std::size_t at : passing_) {
      if (std::ranges::find(famous_, at) == famous_.end()) all.push_back(at);
    }
    return all;
  }

  std::optional<std::size_t> killer_of(const Mutant& mutant) {
    Pair pair(&mutant, psam_);
    for (const std::size_t at : order()) {
      if (pair.verdict(plan_[at]) != Verdict::kFail) continue;
      const std::scoped_lock lock(mutex_);
      if (std::ranges::find(famous_, at) == famous_.end()) famous_.push_back(at);
      return at;
    }
    return std::nullopt;
  }

  MutantOutcome outcome(std::size_t i, const Reasons& reasons) const {
    const Mutant& mutant = *mutants_[i];
    MutantOutcome out{std::string(mutant.id),
                      std::string(mutant.group),
                      std::string(mutant.title),
                      std::string(mutant.title_zh),
                      std::string(mutant.clause),
                      "",
                      ""};
    if (killers_[i]) {
      const PlannedCase& planned = plan_[*killers_[i]];
      out.killed_by = fmt::format("{} on {}", planned.test->id, planned.card->name);
    } else if (const auto reason = reasons.find(mutant.id); reason != reasons.end()) {
      out.reason = reason->second;
    }
    return out;
  }

  int report() {
    const Reasons reasons = read_reasons();
    std::vector<MutantOutcome> outcomes;
    for (std::size_t i = 0; i < mutants_.size(); ++i) outcomes.push_back(outcome(i, reasons));
    bool sound = true;
    for (const MutantOutcome& out : outcomes) {
      const bool died = !out.killed_by.empty();
      std::cout << fmt::format("{:<9} {:<34} {}\n", died ? "died" : "SURVIVED", out.id,
                               died                 ? out.killed_by
                               : out.reason.empty() ? "no reason is written"
                                                    : out.reason);
      if (!died && out.reason.empty()) sound = false;
      if (died && reasons.contains(out.id)) {
        std::cout << fmt::format(
            "          {}: scenarios/survivors.tsv says it survives; take the line out\n", out.id);
        sound = false;
      }
    }
    const auto died = std::ranges::count_if(outcomes, [](const auto& out) { return !out.killed_by.empty(); });
    std::cout << fmt::format("{} of {} mutants died\n", died, outcomes.size());
    if (!arguments_.json.empty()) {
      std::ofstream file(arguments_.json);
      if (!(file << mutants_json(outcomes)))
        return complain(arguments_.json + ": cannot be written", exit_code::not_carried_out);
    }
    return sound ? exit_code::ok : exit_code::failed;
  }

  const MutantArguments& arguments_;
  Models models_;
  std::vector<Suite> suites_;
  std::vector<PlannedCase> plan_;
  std::shared_ptr<const CardModel> psam_;
  unsigned jobs_ = 1;
  std::vector<const Mutant*> mutants_;
  std::vector<std::size_t> passing_;
  std::vector<std::size_t> famous_;
  std::vector<std::optional<std::size_t>> killers_;
  std::mutex mutex_;
};

int list_mutants() {
  for (const Mutant& mutant : simulator::mutants::catalogue()) {
    std::cout << fmt::format("{:<34} {:<13} {} ({})\n", mutant.id, mutant.group, mutant.title, mutant.clause);
  }
  return exit_code::ok;
}

void add_mutants(CLI::App& program, int& exit_status) {
  auto arguments = std::make_shared<MutantArguments>();
  CLI::App* command = program.add_subcommand(
      "mutants", "Runs the suites against cards with one defect each, and says which survive");
  command->add_option("PATH", arguments->paths, "Scenario files or folders; built-in: scenarios");
  command->add_option("--mutant", arguments->only, "Only these");
  command->add_option("--json", arguments->json,
                      "Writes what became of each, for ssc report merge --mutants");
  command->add_option("--jobs", arguments->jobs, "Mutants at once; all cores when left out")
      ->check(CLI::Range(1U, 256U));
  command->add_flag("--list", arguments->list, "Names the mutants, and runs nothing");
  command->footer(
      "Example: ssc mutants scenarios/pin --mutant pin-wrong-is-free\n"
      "Exit: 0 each mutant died or has a written reason, 1 one has none, 2 wrong use or bad input.");
  command->callback(
      [arguments, &exit_status] { exit_status = arguments->list ? list_mutants() : Hunt(*arguments).run(); });
}

const Subcommand kMutants("mutants", add_mutants);

}  // namespace
}  // namespace ssc::tools
