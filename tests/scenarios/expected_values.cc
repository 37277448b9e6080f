#include "tests/scenarios/expected_values.h"

#include <algorithm>
#include <array>
#include <optional>

namespace ssc::conformance::test {
namespace {

constexpr std::string_view kHex = "0123456789ABCDEFabcdef";
constexpr const char* kNeverGiven = "6FFF";

struct Attribute {
  std::string_view name;
  std::size_t begin = 0;
  std::string_view value;
};

struct Tag {
  std::string_view name;
  std::vector<Attribute> attributes;
  std::size_t end = 0;

  const Attribute* find(std::string_view wanted) const {
    const auto found = std::ranges::find(attributes, wanted, &Attribute::name);
    return found == attributes.end() ? nullptr : &*found;
  }
};

// The start tag that begins at `at`, text[at] being '<'.
Tag read_tag(std::string_view text, std::size_t at) {
  Tag tag;
  std::size_t position = text.find_first_of(" \t\n/>", at + 1);
  tag.name = text.substr(at + 1, position - at - 1);
  while (true) {
    position = text.find_first_not_of(" \t\n/", position);
    if (text[position] == '>') break;
    const std::size_t equals = text.find('=', position);
    const std::size_t begin = equals + 2;
    const std::size_t end = text.find(text[equals + 1], begin);
    tag.attributes.push_back(
        {text.substr(position, equals - position), begin, text.substr(begin, end - begin)});
    position = end + 1;
  }
  tag.end = position;
  return tag;
}

char other_digit(char c) { return c == 'F' || c == 'f' ? '7' : c < '8' ? static_cast<char>(c + 1) : '0'; }

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::ranges::find(names, name) != names.end();
}

std::string bare(std::string_view expression) {
  const bool braced = expression.starts_with('{') && expression.ends_with('}');
  return std::string(braced ? expression.substr(1, expression.size() - 2) : expression);
}

std::string changed_status(std::string_view value) {
  if (value.find_first_of("{ .") != std::string_view::npos) return kNeverGiven;
  std::string changed(value);
  const std::size_t last = changed.find_last_of(kHex);
  if (last == std::string::npos) return {};
  changed[last] = other_digit(changed[last]);
  return changed;
}

// Position of the first digit that stands outside {expressions}.
std::optional<std::size_t> first_digit(std::string_view value) {
  unsigned depth = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] == '{') ++depth;
    if (value[i] == '}') --depth;
    if (depth == 0 && kHex.find(value[i]) != std::string_view::npos) return i;
  }
  return std::nullopt;
}

std::string changed_data(std::string_view value) {
  if (value.empty()) return "00";
  std::string changed(value);
  if (const auto digit = first_digit(value)) {
    changed[*digit] = other_digit(changed[*digit]);
    return changed;
  }
  if (const std::size_t open = value.find('{'); open != std::string_view::npos) {
    const std::size_t close = value.find('}', open);
    changed.insert(close, ")");
    changed.insert(open + 1, "flip(");
    return changed;
  }
  return value.find('*') == std::string_view::npos ? changed + "XX" : std::string();
}

std::string changed_comparison(std::string_view value) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kOpposites = {
      {{"eq ", "ne "}, {"ne ", "eq "}, {"lt ", "ge "}, {"ge ", "lt "}, {"gt ", "le "}, {"le ", "gt "}}};
  for (const auto& [word, opposite] : kOpposites) {
    if (value.starts_with(word)) return std::string(opposite) + std::string(value.substr(word.size()));
  }
  return bare(value) + " + 1";
}

std::string changed_value(const Tag& tag, const Attribute& attribute) {
  const std::string_view name = attribute.name;
  if (name == "sw") return changed_status(attribute.value);
  if (name == "data") return changed_data(attribute.value);
  if (is_one_of(name, {"length", "number", "bcd", "tries-left", "key-version", "writes", "writes-of-last"}))
    return changed_comparison(attribute.value);
  if (is_one_of(name, {"that", "authenticated", "challenge"})) return "not (" + bare(attribute.value) + ")";
  if (is_one_of(name, {"matches", "text", "security", "current-df", "current-ef"})) return "NOTHING-LIKE-IT";
  if (name == "until") return "false";
  if (name == "sw-not") return "XXXX";
  if (name == "data-not") return "*";
  return tag.find("data") || tag.find("length") ? std::string() : "EE";  // tlv
}

bool is_expected(const Tag& tag, const Attribute& attribute) {
  const std::string_view name = attribute.name;
  if (tag.name == "call" || tag.name == "row") return name == "sw";
  if (tag.name == "check") return name == "that";
  if (tag.name == "repeat") return name == "until";
  if (tag.name == "xray") return !is_one_of(name, {"when", "of", "slot"});
  if (tag.name != "expect" || is_one_of(name, {"when", "tolerate", "mask"})) return false;
  return name != "tlv" || tag.attributes.size() == 1;
}

}  // namespace

std::vector<ExpectedValue> expected_values(const std::string& file, std::string_view text) {
  std::vector<ExpectedValue> found;
  std::size_t position = 0;
  while ((position = text.find('<', position)) != std::string_view::npos) {
    if (text.substr(position).starts_with("<!--")) {
      position = text.find("-->", position);
      continue;
    }
    if (text[position + 1] == '/' || text[position + 1] == '?') {
      ++position;
      continue;
    }
    const Tag tag = read_tag(text, position);
    const auto lines = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(position), '\n');
    position = tag.end;
    if (tag.find("optional")) continue;
    for (const Attribute& attribute : tag.attributes) {
      if (!is_expected(tag, attribute)) continue;
      found.push_back({file, static_cast<unsigned>(lines + 1), std::string(tag.name),
                       std::string(attribute.name), attribute.begin, attribute.value.size(),
                       changed_value(tag, attribute)});
    }
  }
  return found;
}

}  // namespace ssc::conformance::test
