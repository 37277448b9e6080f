#include "conformance/report/text_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <sstream>

namespace ssc::conformance {
namespace {

bool is_interesting(Verdict verdict) {
  return verdict == Verdict::kFail || verdict == Verdict::kError || verdict == Verdict::kWarn ||
         verdict == Verdict::kInconclusive;
}

std::string_view mark(StepOutcome outcome) {
  switch (outcome) {
    case StepOutcome::kDone:
      return "  ";
    case StepOutcome::kPassed:
      return "ok";
    case StepOutcome::kWarned:
      return "!?";
    case StepOutcome::kFailed:
      return "XX";
    case StepOutcome::kSkipped:
      return "--";
    case StepOutcome::kError:
      return "!!";
  }
  return "  ";
}

std::string_view event_name(apdu::TraceEvent::Kind kind) {
  switch (kind) {
    case apdu::TraceEvent::Kind::kPowerOn:
      return "power on, ATR";
    case apdu::TraceEvent::Kind::kReset:
      return "reset, ATR";
    case apdu::TraceEvent::Kind::kPowerOff:
      return "power off";
    default:
      return "";
  }
}

constexpr std::size_t kMostLines = 40;  // of a case's steps: with what stands above them, one screen

// Where the last `count` lines of a text begin.
std::size_t start_of_last_lines(std::string_view text, std::size_t count) {
  std::size_t position = text.size();
  for (std::size_t i = 0; i <= count; ++i) {
    if (position == 0) return 0;
    position = text.rfind('\n', position - 1);
    if (position == std::string_view::npos) return 0;
  }
  return position + 1;
}

std::string file_name(const std::string& path) { return path.substr(path.rfind('/') + 1); }

}  // namespace

std::optional<apdu::StatusWord> status_of(const Exchange& exchange) {
  const std::size_t size = exchange.response.size();
  if (exchange.kind != apdu::TraceEvent::Kind::kExchange || size < 2) return std::nullopt;
  return apdu::StatusWord(exchange.response[size - 2], exchange.response[size - 1]);
}

void TextReport::run_started(const RunInfo& info) {
  unmask_ = info.unmask;
  out_ << fmt::format("ssc {}: {} cases, card target {}, PSAM target {}, seed {}\n", info.version, info.cases,
                      info.card_target, info.psam_target, info.seed);
}

void TextReport::case_finished(const CaseResult& result) {
  if (result.suite != suite_) {
    suite_ = result.suite;
    const bool chinese = options_.chinese && !suite_->title_zh.empty();
    out_ << fmt::format("\n{} ({})\n", chinese ? suite_->title_zh : suite_->title, suite_->at.file);
  }
  const Case& test = *result.test;
  const bool chinese = options_.chinese && !test.title_zh.empty();
  out_ << fmt::format("  {:<12} {:<20} {:<14} {}\n", name(result.verdict), test.id, result.card,
                      chinese ? test.title_zh : test.purpose);
  if (!result.reason.empty()) out_ << fmt::format("               {}\n", result.reason);
  if (is_interesting(result.verdict) || options_.verbose) write_steps(result);
}

void TextReport::write_steps(const CaseResult& result) {
  if (!result.test->clause.empty()) out_ << fmt::format("               {}\n", result.test->clause);
  std::ostringstream steps;
  for (const StepResult& step : result.steps) {
    const bool elsewhere = step.at.file != result.test->at.file;  // in a routine of another file
    write_step(steps, step, elsewhere ? file_name(step.at.file) + ":" : "");
  }
  const std::string text = steps.str();
  const std::size_t from = options_.verbose ? 0 : start_of_last_lines(text, kMostLines);
  if (from > 0)
    out_ << fmt::format("         … {} lines before; -v shows them\n",
                        std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(from), '\n'));
  out_ << std::string_view(text).substr(from);
}

void TextReport::write_step(std::ostream& out, const StepResult& step, const std::string& file) const {
  const std::string indent(6 + 2 * std::size_t{step.depth}, ' ');
  out << fmt::format("{}{} {:>4} {} {}\n", indent, mark(step.outcome), file + std::to_string(step.at.line),
                     step.element, step.text);
  for (const Exchange& exchange : step.exchanges) write_exchange(out, exchange, indent + "          ");
  if (step.difference) {
    out << fmt::format("{}          expected {}\n", indent, step.difference->expected);
    out << fmt::format("{}          got      {}\n", indent, step.difference->got);
  } else if (!step.reason.empty()) {
    out << fmt::format("{}          {}\n", indent, step.reason);
  }
}

void TextReport::write_exchange(std::ostream& out, const Exchange& exchange,
                                const std::string& indent) const {
  const std::string_view slot = exchange.slot == apdu::Slot::kPsam ? "PSAM" : "card";
  if (exchange.kind != apdu::TraceEvent::Kind::kExchange) {
    out << fmt::format("{}{} {} {}\n", indent, slot, event_name(exchange.kind),
                       exchange.response_text(unmask_));
    return;
  }
  const auto language = options_.chinese ? apdu::Language::kChinese : apdu::Language::kEnglish;
  const std::string_view subject = exchange.subject.view().in(language);
  out << fmt::format("{}{} > {}  {}{}{}\n", indent, slot, exchange.command_text(unmask_), exchange.name,
                     subject.empty() ? "" : fmt::format(" [{}]", subject),
                     exchange.note.empty() ? "" : " (" + exchange.note + ")");
  const auto status = status_of(exchange);
  if (!status) return;
  const auto& meaning = apdu::meaning(*status);
  out << fmt::format("{}{} < {}  {}\n", indent, slot, exchange.response_text(unmask_),
                     options_.chinese ? meaning.chinese : meaning.english);
}

void TextReport::run_finished(const Totals& totals) {
  out_ << fmt::format("\n{} cases:", totals.all());
  for (std::size_t i = 0; i < kVerdictCount; ++i) {
    const auto verdict = static_cast<Verdict>(i);
    if (totals[verdict] > 0) out_ << fmt::format(" {} {}", totals[verdict], name(verdict));
  }
  out_ << "\n";
}

}  // namespace ssc::conformance
