// A coverage table: what was asked down, how it went across, in each cell the case that got there, or a hole.
#pragma once

#include <string>
#include <vector>

namespace ssc::conformance {

struct Cell {
  enum class Kind : std::uint8_t {
    kNone,       // there is nothing to reach
    kEmpty,      // a hole
    kReached,    // `text` is the first case that got there
    kExplained,  // no case can, `text` says why
    kStale,      // a case gets there although a reason says that none can; `text` says both
  };
  Kind kind = Kind::kNone;
  std::string text;
};

struct Row {
  std::string name;
  std::string chinese;  // the same, or empty
  std::string clause;   // or empty
  std::vector<Cell> cells;
};

struct Matrix {
  std::string id;  // "status-words"
  std::string title;
  std::string title_zh;
  std::vector<std::string> columns;
  std::vector<std::string> column_notes;  // what a column means; empty where its name says it
  std::vector<Row> rows;

  std::size_t count(Cell::Kind kind) const;
};

// Each row in a paragraph, a line for each cell that is not kNone, and a closing line of counts.
std::string to_text(const Matrix& matrix);

}  // namespace ssc::conformance
