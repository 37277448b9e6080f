#include "simulator/issue/csv_reader.h"

#include <algorithm>
#include <istream>

namespace ssc::simulator::issue {
namespace {

// Whether a field that began with a quote is still open at the end.
bool inside_quotes(const std::string& text) {
  bool quoted = false;
  bool at_start = true;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool quote = text[at] == '"';
    if (quoted && quote && at + 1 < text.size() && text[at + 1] == '"')
      ++at;
    else if (quote && (quoted || at_start))
      quoted = !quoted;
    at_start = !quoted && text[at] == ',';
  }
  return quoted;
}

// One field from `at` on; leaves `at` at the comma behind it or at the end. False: not well-formed.
bool take_field(const std::string& text, std::size_t& at, std::string& field) {
  if (at == text.size() || text[at] != '"') {
    const std::size_t end = std::min(text.find(',', at), text.size());
    field = text.substr(at, end - at);
    at = end;
    return field.find('"') == std::string::npos;
  }
  for (++at; at < text.size(); ++at) {
    if (text[at] != '"') {
      field += text[at];
    } else if (at + 1 < text.size() && text[at + 1] == '"') {
      field += text[++at];
    } else {
      return ++at == text.size() || text[at] == ',';
    }
  }
  return false;
}

bool split(const std::string& text, std::vector<std::string>& fields) {
  for (std::size_t at = 0;; ++at) {
    std::string field;
    const bool good = take_field(text, at, field);
    fields.push_back(std::move(field));
    if (!good) return false;
    if (at == text.size()) return true;
  }
}

}  // namespace

// A row goes on over line ends inside quotes.
bool CsvReader::read_text(CsvRow& row) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  std::string part;
  if (!std::getline(in_, part)) return false;
  row.line = ++line_;
  if (row.line == 1 && part.starts_with(kByteOrderMark)) part.erase(0, kByteOrderMark.size());
  row.text = part;
  while (inside_quotes(row.text) && row.text.size() < kLongestRow && std::getline(in_, part)) {
    ++line_;
    row.text += '\n' + part;
  }
  if (row.text.ends_with('\r')) row.text.pop_back();
  return true;
}

std::optional<CsvRow> CsvReader::next() {
  for (CsvRow row; read_text(row); row = {}) {
    if (row.text.empty()) continue;
    row.well_formed = row.text.size() <= kLongestRow && split(row.text, row.fields);
    return row;
  }
  return std::nullopt;
}

}  // namespace ssc::simulator::issue
