#include "conformance/engine/match.h"

#include <algorithm>
#include <regex>

#include "apdu/hex.h"

namespace ssc::conformance {
namespace {

bool is_pattern_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || c == 'X'; }

bool digits_agree(char digit, char pattern) { return pattern == 'X' || digit == pattern; }

tl::unexpected<std::string> no_pattern(std::string_view text, std::string_view why) {
  return tl::make_unexpected("'" + std::string(text) + "' is no pattern: " + std::string(why));
}

constexpr std::string_view kTo = "..";

std::optional<std::uint64_t> status_number(std::string_view digits) {
  const auto bytes = apdu::parse_hex(digits);
  return bytes && bytes->size() == 2 && digits.size() == 4 ? std::optional(apdu::number(*bytes))
                                                           : std::nullopt;
}

// One alternative: a pattern, or two status words with ".." between.
Evaluated<bool> matches_one(apdu::StatusWord status, std::string_view one) {
  if (const auto dots = one.find(kTo); dots != std::string_view::npos) {
    const auto first = status_number(one.substr(0, dots));
    const auto last = status_number(one.substr(dots + kTo.size()));
    if (!first || !last || *first > *last)
      return no_pattern(one, "a range is written from the lower to the higher status word: 63C0..63C3");
    return status.value() >= *first && status.value() <= *last;
  }
  if (one.size() != 4 || !std::ranges::all_of(one, is_pattern_digit))
    return no_pattern(one, "a status word has four digits, X stands for any");
  const std::string digits = apdu::to_string(status);
  return std::ranges::equal(digits, one, digits_agree);
}

}  // namespace

Evaluated<bool> matches_status(apdu::StatusWord status, std::string_view alternatives) {
  bool matches = false;
  bool any = false;
  for (std::size_t start = alternatives.find_first_not_of(' '); start != std::string_view::npos;) {
    const std::size_t end = std::min(alternatives.find(' ', start), alternatives.size());
    const std::string_view one = alternatives.substr(start, end - start);
    const auto matched = matches_one(status, one);
    if (!matched) return matched;
    matches = matches || *matched;
    any = true;
    start = alternatives.find_first_not_of(' ', end);
  }
  if (!any) return no_pattern(alternatives, "it names no status word");
  return matches;
}

Evaluated<std::optional<std::size_t>> find_difference(ByteView data, std::string_view pattern) {
  std::string wanted;
  std::ranges::copy_if(pattern, std::back_inserter(wanted),
                       [](char c) { return c != ' ' && c != '\n' && c != '\t'; });
  const bool open = wanted.ends_with('*');
  if (open) wanted.pop_back();
  if (!std::ranges::all_of(wanted, is_pattern_digit))
    return no_pattern(pattern, "it has digits, X for any digit and * at the end for any rest");
  if (wanted.size() % 2 != 0) return no_pattern(pattern, "it has an odd number of digits");
  const std::string digits = apdu::to_hex(data);
  const std::size_t common = std::min(digits.size(), wanted.size());
  for (std::size_t i = 0; i < common; ++i) {
    if (!digits_agree(digits[i], wanted[i])) return std::optional(i / 2);
  }
  const bool complete = digits.size() == wanted.size() || (open && digits.size() > wanted.size());
  return complete ? std::optional<std::size_t>() : std::optional(common / 2);
}

bool matches_regex(std::string_view text, const std::string& regex) {
  return std::regex_match(text.begin(), text.end(), std::regex(regex));
}

bool matches_glob(std::string_view text, std::string_view glob) {
  std::size_t t = 0;
  std::size_t g = 0;
  std::size_t star = std::string_view::npos;
  std::size_t resume = 0;
  while (t < text.size()) {
    if (g < glob.size() && glob[g] == '*') {
      star = g++;
      resume = t;
    } else if (g < glob.size() && (glob[g] == '?' || glob[g] == text[t])) {
      ++g;
      ++t;
    } else if (star != std::string_view::npos) {
      g = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (g < glob.size() && glob[g] == '*') ++g;
  return g == glob.size();
}

}  // namespace ssc::conformance
