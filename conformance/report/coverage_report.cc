#include "conformance/report/coverage_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <set>

#include "apdu/catalogue.h"

namespace ssc::conformance {
namespace {

using apdu::CommandRow;
using apdu::LookupResult;

// The commands an APDU means: one, or when its CLA or its P1 P2 are wrong, each of that INS.
std::vector<const CommandRow*> meant_commands(const apdu::Header& header) {
  const auto found = apdu::find_command(apdu::card_commands(), header);
  if (found.result == LookupResult::kFound) return {found.row};
  std::vector<const CommandRow*> same_instruction;
  for (const CommandRow& row : apdu::card_commands()) {
    const bool class_fits = found.result == LookupResult::kUnknownClass || row.cla.contains(header.cla);
    if (row.ins == header.ins && class_fits) same_instruction.push_back(&row);
  }
  return same_instruction;
}

// The words that the command's clause lists, 9000 among them.
std::set<std::uint16_t> listed_words(const CommandRow& row) {
  std::set<std::uint16_t> words{apdu::sw::ok.value()};
  words.insert(row.statuses.list().begin(), row.statuses.list().end());
  return words;
}

}  // namespace

void CoverageReport::see(const Exchange& exchange, const std::string& test) {
  const auto header = apdu::header_of(exchange.command);
  if (exchange.slot != apdu::Slot::kCard || !header || exchange.response.size() < 2) return;
  const auto word = apdu::family(apdu::Response::decode(exchange.response).status).value();
  for (const CommandRow* row : meant_commands(*header)) reached_.try_emplace({row->name, word}, test);
}

void CoverageReport::case_finished(const CaseResult& result) {
  if (result.verdict != Verdict::kPass) return;
  for (const StepResult& step : result.steps) {
    for (const Exchange& exchange : step.exchanges) see(exchange, result.test->id);
  }
}

const std::string* CoverageReport::reached_by(const Cell& cell) const {
  const auto it = reached_.find(cell);
  return it == reached_.end() ? nullptr : &it->second;
}

const Unreached* CoverageReport::reason_of(const Cell& cell) const {
  const auto it = std::ranges::find_if(unreached_, [&](const Unreached& entry) {
    return entry.command == cell.first && entry.status.value() == cell.second;
  });
  return it == unreached_.end() ? nullptr : &*it;
}

std::string CoverageReport::describe(const Cell& cell) {
  const std::string* test = reached_by(cell);
  const Unreached* reason = reason_of(cell);
  if (test != nullptr && reason != nullptr) {
    ++count_stale_;
    return fmt::format("STALE: {} reaches it, yet line {} of the reasons says: {}", *test, reason->line,
                       reason->reason);
  }
  ++(test != nullptr ? count_reached_ : reason != nullptr ? count_reasons_ : count_empty_);
  if (test != nullptr) return *test;
  return reason != nullptr ? "not reachable: " + reason->reason : "EMPTY";
}

void CoverageReport::run_finished(const Totals&) {
  for (const CommandRow& row : apdu::card_commands()) {
    out_ << fmt::format("{}  {}  {}\n", row.name, row.chinese, row.clause);
    for (const std::uint16_t word : listed_words(row)) {
      const apdu::StatusWord status(word);
      out_ << fmt::format("  {}  {:42}  {}\n", apdu::to_string(status), apdu::meaning(status).english,
                          describe({row.name, word}));
    }
  }
  out_ << fmt::format("\n{} cells reached, {} with a reason, {} empty, {} with a stale reason\n",
                      count_reached_, count_reasons_, count_empty_, count_stale_);
}

}  // namespace ssc::conformance
