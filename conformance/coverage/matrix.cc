#include "conformance/coverage/matrix.h"

#include <fmt/format.h>

#include <algorithm>

namespace ssc::conformance {
namespace {

std::string text_of(const Cell& cell) {
  switch (cell.kind) {
    case Cell::Kind::kNone:
      return {};
    case Cell::Kind::kEmpty:
      return "EMPTY";
    case Cell::Kind::kReached:
      return cell.text;
    case Cell::Kind::kExplained:
      return "not reachable: " + cell.text;
    case Cell::Kind::kStale:
      return "STALE: " + cell.text;
  }
  return {};
}

std::size_t widest(const std::vector<std::string>& texts) {
  std::size_t most = 0;
  for (const std::string& text : texts) most = std::max(most, text.size());
  return most;
}

std::string row_text(const Matrix& matrix, const Row& row) {
  const std::size_t names = widest(matrix.columns);
  const std::size_t notes = widest(matrix.column_notes);
  std::string text = row.name;
  for (const std::string& more : {row.chinese, row.clause}) text += more.empty() ? "" : "  " + more;
  text += '\n';
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    if (row.cells[i].kind == Cell::Kind::kNone) continue;
    text += fmt::format("  {:{}}  ", matrix.columns[i], names);
    if (notes > 0) text += fmt::format("{:{}}  ", matrix.column_notes[i], notes);
    text += text_of(row.cells[i]) + '\n';
  }
  return text;
}

}  // namespace

std::size_t Matrix::count(Cell::Kind kind) const {
  std::size_t found = 0;
  for (const Row& row : rows)
    found += static_cast<std::size_t>(std::ranges::count(row.cells, kind, &Cell::kind));
  return found;
}

std::string to_text(const Matrix& matrix) {
  std::string text = "== " + matrix.title + "\n";
  for (const Row& row : matrix.rows) text += row_text(matrix, row);
  text += fmt::format("\n{} cells reached, {} with a reason, {} empty, {} with a stale reason\n",
                      matrix.count(Cell::Kind::kReached), matrix.count(Cell::Kind::kExplained),
                      matrix.count(Cell::Kind::kEmpty), matrix.count(Cell::Kind::kStale));
  return text;
}

}  // namespace ssc::conformance
