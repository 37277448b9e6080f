// Rows of a CSV file (RFC 4180), one at a time: memory does not grow with the file.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

namespace ssc::simulator::issue {

struct CsvRow {
  std::uint64_t line = 0;  // where it begins, from 1
  std::string text;        // as it stands in the file, without the line end
  std::vector<std::string> fields;
  bool well_formed = true;  // false: a quote is not closed, stands in a bare field, or the row is too long
};

class CsvReader {
 public:
  static constexpr std::size_t kLongestRow = 8192;

  // `in` outlives the reader. A byte order mark of UTF-8 is passed over.
  explicit CsvReader(std::istream& in) : in_(in) {}

  // The next row that is not empty; nothing at the end. Octets are passed on as they are.
  std::optional<CsvRow> next();

 private:
  bool read_text(CsvRow& row);

  std::istream& in_;
  std::uint64_t line_ = 0;
};

}  // namespace ssc::simulator::issue
