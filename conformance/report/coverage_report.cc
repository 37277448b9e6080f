#include "conformance/report/coverage_report.h"

#include <fmt/format.h>

#include <ostream>

namespace ssc::conformance {
namespace {

std::string text_of(const CoverageCell& cell) {
  if (cell.cases.empty()) return cell.reason.empty() ? "NOT MET" : "- " + cell.reason;
  const std::size_t others = cell.cases.size() - 1;
  return cell.cases.front() + (others > 0 ? fmt::format(" and {} more", others) : "");
}

void write_text(std::ostream& out, const Coverage& coverage) {
  out << "Command x status word: the cases that meet each word its clause lists, or why none can.\n";
  const apdu::CommandRow* command = nullptr;
  std::size_t met = 0;
  std::size_t explained = 0;
  for (const CoverageCell& cell : coverage.cells()) {
    if (cell.command != command) out << fmt::format("\n{} ({})\n", cell.command->name, cell.command->clause);
    command = cell.command;
    out << fmt::format("  {} {:<44} {}\n", apdu::to_string(cell.status), apdu::meaning(cell.status).english,
                       text_of(cell));
    met += cell.cases.empty() ? 0U : 1U;
    explained += cell.cases.empty() && !cell.reason.empty() ? 1U : 0U;
  }
  out << fmt::format("\n{} cells: {} met, {} explained, {} neither\n", coverage.cells().size(), met,
                     explained, coverage.cells().size() - met - explained);
}

void write_tsv(std::ostream& out, const Coverage& coverage) {
  out << "command\tsw\tcases\treason\n";
  for (const CoverageCell& cell : coverage.cells()) {
    out << fmt::format("{}\t{}\t{}\t{}\n", cell.command->name, apdu::to_string(cell.status),
                       fmt::join(cell.cases, " "), cell.reason);
  }
}

}  // namespace

void CoverageReport::run_finished(const Totals&) {
  format_ == CoverageFormat::kText ? write_text(out_, coverage_) : write_tsv(out_, coverage_);
}

}  // namespace ssc::conformance
