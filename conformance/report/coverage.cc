#include "conformance/report/coverage.h"

#include <algorithm>

#include "apdu/embedded.h"
#include "conformance/report/text_report.h"

namespace ssc::embedded {
extern const apdu::EmbeddedFile unreached[];
}  // namespace ssc::embedded

namespace ssc::conformance {
namespace {

bool passed(Verdict verdict) { return verdict == Verdict::kPass || verdict == Verdict::kWarn; }

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> out;
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find(separator, start), text.size());
    out.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return out;
}

// The commands an APDU speaks to: the one of its INS and P1 P2; all of its INS when none takes these.
std::vector<const apdu::CommandRow*> commands_of(apdu::ByteView apdu) {
  constexpr std::size_t kHeader = 4;
  std::vector<const apdu::CommandRow*> of_ins;
  if (apdu.size() < kHeader) return of_ins;
  for (const apdu::CommandRow& row : apdu::card_commands()) {
    if (row.ins != apdu[1]) continue;
    if (apdu::parameters_valid(row, apdu[2], apdu[3])) return {&row};
    of_ins.push_back(&row);
  }
  return of_ins;
}

std::string name_of(const CoverageCell& cell) {
  return std::string(cell.command->name) + " " + apdu::to_string(cell.status);
}

}  // namespace

Coverage::Coverage() {
  for (const apdu::CommandRow& row : apdu::card_commands()) {
    cells_.push_back({&row, apdu::sw::ok, {}, {}});
    for (const std::uint16_t word : row.statuses.list())
      cells_.push_back({&row, apdu::StatusWord(word), {}, {}});
  }
}

void Coverage::add(const CaseResult& result) {
  if (!passed(result.verdict)) return;
  for (const StepResult& step : result.steps) {
    for (const Exchange& exchange : step.exchanges) {
      const bool of_card =
          exchange.kind == apdu::TraceEvent::Kind::kExchange && exchange.slot == apdu::Slot::kCard;
      const auto status = of_card ? status_of(exchange) : std::nullopt;
      if (!status) continue;
      for (const apdu::CommandRow* command : commands_of(exchange.command))
        met(*command, family(*status), result.test->id);
    }
  }
}

void Coverage::met(const apdu::CommandRow& command, apdu::StatusWord status, const std::string& id) {
  const auto cell = std::ranges::find_if(
      cells_, [&](const CoverageCell& one) { return one.command == &command && one.status == status; });
  if (cell == cells_.end() || std::ranges::find(cell->cases, id) != cell->cases.end()) return;
  cell->cases.push_back(id);
}

CoverageCell* Coverage::find(std::string_view command, std::string_view status) {
  const auto cell = std::ranges::find_if(cells_, [&](const CoverageCell& one) {
    return one.command->name == command && apdu::to_string(one.status) == status;
  });
  return cell == cells_.end() ? nullptr : &*cell;
}

apdu::Loaded<void> Coverage::add_reasons(std::string_view text, const std::string& file) {
  unsigned line_number = 0;
  for (const std::string_view line : split(text, '\n')) {
    ++line_number;
    if (line.empty() || line.starts_with('#')) continue;
    const auto wrong = [&](std::string what, std::string mend) {
      return tl::make_unexpected(apdu::InputError{file, line_number, std::move(what), std::move(mend)});
    };
    const auto columns = split(line, '\t');
    if (columns.size() != 3 || columns[2].empty())
      return wrong("not three columns", "write command, SW and reason with tabs between");
    CoverageCell* cell = find(columns[0], columns[1]);
    if (cell == nullptr)
      return wrong("no clause lists " + std::string(columns[1]) + " for '" + std::string(columns[0]) + "'",
                   "take both from apdu/card_commands.h");
    if (!cell->reason.empty()) return wrong(name_of(*cell) + " has a reason already", "keep one");
    cell->reason = columns[2];
  }
  return {};
}

std::vector<std::string> Coverage::defects() const {
  std::vector<std::string> out;
  for (const CoverageCell& cell : cells_) {
    if (cell.cases.empty() && cell.reason.empty()) out.push_back(name_of(cell) + ": no case meets it");
    if (!cell.cases.empty() && !cell.reason.empty())
      out.push_back(name_of(cell) + ": has a reason, yet " + cell.cases.front() + " meets it");
  }
  return out;
}

apdu::Loaded<void> add_built_in_reasons(Coverage& coverage) {
  return coverage.add_reasons(embedded::unreached[0].text, std::string(embedded::unreached[0].name));
}

}  // namespace ssc::conformance
