// What a case says about itself: titles, purpose, clauses.
#include <map>
#include <tuple>

#include "apdu/embedded.h"
#include "conformance/lint/lint.h"

namespace ssc::embedded {
extern const apdu::EmbeddedFile lint_clauses[];
}  // namespace ssc::embedded

namespace ssc::conformance::lint {
namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(" \t\r"), text.size());
  const std::size_t end = text.find_last_not_of(" \t\r");
  return text.substr(begin, end == std::string_view::npos ? 0 : end + 1 - begin);
}

std::string without_brackets(std::string_view text) {
  std::string kept;
  unsigned depth = 0;
  for (const char c : text) {
    if (c == '(') ++depth;
    if (depth == 0) kept.push_back(c);
    if (c == ')' && depth > 0) --depth;
  }
  return kept;
}

// Where the place in a document begins: "§6.14", "t.49", "app.A", "art. 20".
std::size_t place_in(std::string_view reference) {
  std::size_t first = std::string_view::npos;
  for (const std::string_view mark : {"§", "t.", "app.", "art."}) {
    std::size_t at = reference.find(mark);
    while (at != std::string_view::npos && at > 0 && reference[at - 1] != ' ')
      at = reference.find(mark, at + 1);
    first = std::min(first, at);
  }
  return first;
}

// "§7.7-7.8" as its ends.
std::vector<std::string> ends_of(std::string_view place) {
  const std::size_t dash = place.find('-');
  const std::size_t digit = place.find_first_of("0123456789");
  if (dash == std::string_view::npos || digit == std::string_view::npos || dash < digit)
    return {std::string(place)};
  return {std::string(place.substr(0, dash)),
          std::string(place.substr(0, digit)) + std::string(place.substr(dash + 1))};
}

std::vector<std::string> references(std::string_view attribute) {
  std::vector<std::string> found;
  std::string document;
  const std::string text = without_brackets(attribute);
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find_first_of(",;", start), text.size());
    const std::string_view one = trimmed(std::string_view(text).substr(start, end - start));
    start = end + 1;
    if (one.empty()) continue;
    const std::size_t place = place_in(one);
    if (place == std::string_view::npos) {
      found.push_back((document.empty() ? "" : document + " ") + std::string(one));
      continue;
    }
    if (place > 0) document = std::string(trimmed(one.substr(0, place)));
    for (const std::string& part : ends_of(one.substr(place))) found.push_back(document + " " + part);
  }
  return found;
}

}  // namespace

Clauses Clauses::read(std::string_view text) {
  Clauses clauses;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    const std::string_view line = trimmed(text.substr(start, end - start));
    if (!line.empty() && !line.starts_with('#')) clauses.known_.emplace(line);
    start = end + 1;
  }
  return clauses;
}

const Clauses& Clauses::built_in() {
  static const Clauses clauses = read(embedded::lint_clauses[0].text);
  return clauses;
}

std::vector<std::string> Clauses::unknown(std::string_view attribute) const {
  std::vector<std::string> found;
  for (std::string& reference : references(attribute)) {
    if (!known_.contains(reference)) found.push_back(std::move(reference));
  }
  return found;
}

std::vector<Remark> missing_texts(const Subjects& subjects) {
  std::vector<Remark> remarks;
  for (const Suite& suite : subjects.suites) {
    std::map<std::tuple<std::string, std::string, std::string>, Where> purposes;
    if (suite.title_zh.empty())
      remarks.push_back({suite.at, "suite " + suite.id + " has no Chinese title", "add title-zh"});
    for (const Case& test : suite.cases) {
      if (test.title.empty()) remarks.push_back({test.at, "case " + test.id + " has no title", "add title"});
      if (test.title_zh.empty())
        remarks.push_back({test.at, "case " + test.id + " has no Chinese title", "add title-zh"});
      const std::string about = test.only_cards.empty() ? "" : test.only_cards.front();
      const auto [first, is_new] = purposes.emplace(std::tuple(test.purpose, test.group, about), test.at);
      if (!is_new)
        remarks.push_back({test.at, "case " + test.id + " has the purpose of " + first->second.to_string(),
                           "say what it alone would catch"});
    }
  }
  return remarks;
}

std::vector<Remark> unknown_clauses(const Subjects& subjects) {
  std::vector<Remark> remarks;
  for (const Suite& suite : subjects.suites) {
    for (const Case& test : suite.cases) {
      if (test.clause.empty())
        remarks.push_back(
            {test.at, "case " + test.id + " names no clause", "say where the standard says it"});
      for (const std::string& clause : subjects.clauses.unknown(test.clause))
        remarks.push_back({test.at, "there is no clause '" + clause + "'",
                           "write it as \"Part 5 §6.14\", or add it to conformance/lint/clauses.txt"});
    }
  }
  return remarks;
}

}  // namespace ssc::conformance::lint
