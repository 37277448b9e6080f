// Change any expected value in any scenario: the case fails, and says where and why in one screen.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "conformance/channel/in_process.h"
#include "conformance/report/text_report.h"
#include "conformance/script/loader.h"
#include "tests/paths.h"
#include "tests/scenarios/expected_values.h"

namespace ssc::conformance {
namespace {

namespace fs = std::filesystem;
using test::ExpectedValue;

// Of so many values one is tried.
std::size_t one_of() {
  if (std::getenv("SSC_LONG_WALKS") != nullptr) return 1;
  return std::getenv("SSC_SHORT_WALKS") != nullptr ? 30 : 15;
}
constexpr std::size_t kFirst = 7;
constexpr std::ptrdiff_t kScreen = 50;  // lines

// The suites as built-in files, so that one can be another than on the disk.
class Files {
 public:
  Files() {
    const fs::path top = ssc::test::source_dir();
    for (const auto& entry : fs::recursive_directory_iterator(top / "scenarios")) {
      if (entry.path().extension() != ".xml") continue;
      std::ifstream in(entry.path());
      texts_["suites/" + fs::relative(entry.path(), top / "scenarios").generic_string()] = {
          std::istreambuf_iterator<char>(in), {}};
    }
  }
  const std::map<std::string, std::string>& texts() const { return texts_; }
  std::vector<apdu::EmbeddedFile> list() const {
    std::vector<apdu::EmbeddedFile> files;
    for (const auto& [name, text] : texts_) files.push_back({name, text});
    return files;
  }
  Files with(const ExpectedValue& value) const {
    Files changed = *this;
    changed.texts_[value.file].replace(value.begin, value.size, value.changed);
    return changed;
  }

 private:
  std::map<std::string, std::string> texts_;
};

// One case on one card, with the PSAM or from the key set.
struct Way {
  std::string suite;
  std::string id;
  std::string card;
  bool with_psam = true;
};
using Place = std::pair<std::string, unsigned>;

class Bench {
 public:
  Totals run(const std::vector<PlannedCase>& plan, bool with_psam, Reporter& reporter) {
    RunOptions options;
    options.info.seed = 1;
    RunTargets targets{card_.get(), nullptr, nullptr};
    if (with_psam) targets = {card_.get(), psam_.get(), *models.card("sample-psam")};
    return conformance::run(plan, targets, options, {&reporter});
  }
  Models models;

 private:
  const std::unique_ptr<Target> card_ = in_process_target();
  const std::unique_ptr<Target> psam_ = in_process_target();
};

// Which ways lead through a line.
class Walks : public Reporter {
 public:
  bool with_psam = true;
  std::map<Place, std::vector<Way>> through;

  void case_finished(const CaseResult& result) override {
    for (const StepResult& step : result.steps) {
      auto& ways = through[{step.at.file, step.at.line}];
      const Way way{result.suite->at.file, result.test->id, result.card, with_psam};
      if (ways.empty() || ways.back().id != way.id || ways.back().card != way.card) ways.push_back(way);
    }
  }
};

class Said : public Reporter {
 public:
  Verdict verdict = Verdict::kNotRun;
  std::string reason;
  std::vector<Place> places;
  std::ptrdiff_t lines = 0;

  void case_finished(const CaseResult& result) override {
    verdict = result.verdict;
    reason = result.reason;
    for (const StepResult& step : result.steps) places.emplace_back(step.at.file, step.at.line);
    std::ostringstream out;
    TextReport(out, {}).case_finished(result);
    const std::string text = out.str();
    lines = std::count(text.begin(), text.end(), '\n');
  }
};

class EveryExpectation : public ::testing::Test {
 protected:
  void walk_all() {
    const auto files = files_.list();
    const auto suites = load_suites(std::vector<std::string>{"suites"}, files);
    ASSERT_TRUE(suites) << suites.error().to_string();
    // the cards that cases name, and cards of the field, which differ in what the text leaves open
    for (const char* card : {"", "sample-2.00-field", "sample-3.00-field", "sample-1.0-field"}) {
      const auto plan = make_plan(*suites, {.card = card, .filter = {}}, bench_.models);
      ASSERT_TRUE(plan) << plan.error().to_string();
      for (const bool with_psam : {true, false}) {
        walks_.with_psam = with_psam;
        bench_.run(*plan, with_psam, walks_);
      }
    }
  }

  // Why a changed value goes unnoticed; empty when it does not. After a case that passed it makes WARN.
  std::string unnoticed(const ExpectedValue& value) {
    if (value.changed.empty()) return "no value is wrong there";
    const auto ways = walks_.through.find({value.file, value.line});
    if (ways == walks_.through.end()) return "no case comes there";
    const Files changed = files_.with(value);
    std::string why;
    for (const Way& way : sample(ways->second)) {
      why = unnoticed(value, changed, way);
      if (why.empty()) return {};
    }
    return why;
  }

  const Files files_;

 private:
  // The first ways and the last: another mode, another suite.
  static std::vector<Way> sample(std::vector<Way> ways) {
    constexpr std::size_t kMost = 8;
    if (ways.size() > kMost) ways.erase(ways.begin() + kMost / 2, ways.end() - kMost / 2);
    return ways;
  }

  std::string unnoticed(const ExpectedValue& value, const Files& changed, const Way& way) {
    const auto files = changed.list();
    const auto suite = load_suite(way.suite, files);
    if (!suite) return suite.error().to_string();
    const std::vector<Suite> suites = {*suite};
    PlanOptions options;
    options.card = way.card;
    options.filter = way.id;
    const auto plan = make_plan(suites, options, bench_.models);
    if (!plan) return plan.error().to_string();
    Said said;
    bench_.run(*plan, way.with_psam, said);
    const bool after =
        said.verdict == Verdict::kWarn && said.reason.find("in tear-down") != std::string::npos;
    if (said.verdict != Verdict::kFail && said.verdict != Verdict::kError && !after)
      return way.id + " on " + way.card + " is " + std::string(name(said.verdict));
    const bool in_step = value.element == "call" || value.element == "row" || value.element == "repeat";
    const std::string place = value.file + ":" + std::to_string(value.line) + ":";
    const bool named = in_step ? std::ranges::count(said.places, Place{value.file, value.line}) > 0
                               : said.reason.find(place) != std::string::npos;
    if (!named) return way.id + " fails elsewhere: " + said.reason;
    if (said.lines > kScreen) return "the report has " + std::to_string(said.lines) + " lines";
    return {};
  }

  Bench bench_;
  Walks walks_;
};

TEST_F(EveryExpectation, FailsItsCaseWhenItIsChanged) {
  walk_all();
  std::vector<std::string> lines;
  std::size_t tried = 0;
  std::size_t index = kFirst;
  for (const auto& [file, text] : files_.texts()) {
    if (text.find("urn:ssc:scenario:1") == std::string::npos) continue;
    for (const ExpectedValue& value : test::expected_values(file, text)) {
      if (index++ % one_of() != 0) continue;
      ++tried;
      if (const std::string why = unnoticed(value); !why.empty())
        lines.push_back(value.file + ":" + std::to_string(value.line) + ": " + value.attribute + ": " + why);
    }
  }
  EXPECT_GT(tried, 100U);
  EXPECT_THAT(lines, ::testing::IsEmpty()) << ::testing::PrintToString(lines);
  RecordProperty("values", static_cast<int>(tried));
}

TEST(ExpectedValues, AreFoundWithTheLineWhereTheirTagBegins) {
  const auto found = test::expected_values("f",
                                           "<case>\n<expect sw=\"9000\"\n data=\"*\"/><check that=\"a eq "
                                           "b\"/><!-- <expect sw=\"9000\"/> --></case>");
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].line, 2U);
  EXPECT_EQ(found[0].changed, "9001");
  EXPECT_EQ(found[1].changed, "");
  EXPECT_EQ(found[2].changed, "not (a eq b)");
}

}  // namespace
}  // namespace ssc::conformance
