// A coverage table filled by exchanges written as hex.
#pragma once

#include <algorithm>

#include "conformance/coverage/collector.h"
#include "tests/conformance/fakes.h"

namespace ssc::conformance::test {

inline Exchange exchange(const std::string& command, const char* response, const std::string& subject = {}) {
  Exchange out;
  out.command = bytes(command);
  out.response = bytes(response);
  out.subject.english = subject;
  return out;
}

// The text of a reached cell; "" for a hole, "-" where nothing is to be reached, "?" for no such cell.
inline std::string cell_of(const Matrix& matrix, const std::string& row_start, const std::string& column) {
  const auto row =
      std::ranges::find_if(matrix.rows, [&](const Row& one) { return one.name.starts_with(row_start); });
  const auto place = std::ranges::find(matrix.columns, column);
  if (row == matrix.rows.end() || place == matrix.columns.end()) return "?";
  const Cell& cell = row->cells[static_cast<std::size_t>(place - matrix.columns.begin())];
  return cell.kind == Cell::Kind::kNone ? "-" : cell.text;
}

}  // namespace ssc::conformance::test
