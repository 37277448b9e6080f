// Reader of known-answer files (*.vec); the format is in tests/data/README.md.
#pragma once

#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "apdu/hex.h"
#include "tests/paths.h"

namespace ssc::test {

struct KnownAnswer {
  std::string file;  // "mac.vec"
  unsigned line = 0;
  std::string algorithm;
  std::string name;
  std::map<std::string, std::string> fields;
  std::string output;  // as written: upper-case hex, or text
  std::string rule_status;
  std::string source;

  std::string where() const { return file + ":" + std::to_string(line) + ": " + name; }

  // A field as text and as bytes; a missing or odd one throws and so ends the test.
  const std::string& text(const std::string& field) const {
    const auto found = fields.find(field);
    if (found == fields.end()) throw std::runtime_error(where() + ": no field " + field);
    return found->second;
  }
  apdu::Bytes hex(const std::string& field) const {
    const auto bytes = apdu::parse_hex(text(field));
    if (!bytes) throw std::runtime_error(where() + ": " + field + ": " + bytes.error().what);
    return *bytes;
  }
};

// The part of `line` before `separator`, which it loses together with the separator.
inline std::string take(std::string& line, const std::string& separator) {
  const std::size_t end = line.find(separator);
  std::string part = line.substr(0, end);
  line = end == std::string::npos ? "" : line.substr(end + separator.size());
  return part;
}

inline KnownAnswer parse_known_answer(const std::string& file, unsigned line_number,
                                      const std::string& algorithm, std::string line) {
  KnownAnswer answer;
  answer.file = file;
  answer.line = line_number;
  answer.algorithm = algorithm;
  answer.name = take(line, " | ");
  std::istringstream fields(take(line, " | "));
  for (std::string field; fields >> field;) {
    const std::string name = take(field, "=");
    answer.fields[name] = field;
  }
  answer.output = take(line, " | ");
  answer.rule_status = take(line, " | ");
  answer.source = line;
  const bool known = answer.rule_status == "documented" || answer.rule_status == "field" ||
                     answer.rule_status == "variant" || answer.rule_status == "hypothesis" ||
                     answer.rule_status == "practice";
  if (!known || answer.source.empty()) throw std::runtime_error(answer.where() + ": malformed line");
  return answer;
}

// Every vector of tests/data/<file>. Throws std::runtime_error with file and line on a malformed line, an
// unknown rule_status, or a section that does not hold as many vectors as its header says.
inline std::vector<KnownAnswer> load_vec(const std::string& file) {
  std::ifstream in(test::source_dir() + "/tests/data/" + file);
  if (!in) throw std::runtime_error(file + ": cannot be read");
  std::vector<KnownAnswer> out;
  std::string algorithm;
  unsigned number = 0;
  std::size_t due = 0;
  const auto close_section = [&] {
    if (out.size() != due)
      throw std::runtime_error(file + ":" + std::to_string(number) + ": wrong count before here");
  };
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.empty() || line[0] == '#') continue;
    if (line[0] == '[') {
      close_section();
      algorithm = line.substr(1, line.find(' ') - 1);
      due += std::stoul(line.substr(line.find(' ')));
    } else {
      out.push_back(parse_known_answer(file, number, algorithm, line));
    }
  }
  close_section();
  return out;
}

}  // namespace ssc::test
