#include <cctype>

#include "keys/key_names.h"
#include "simulator/profile/model.h"

namespace ssc::simulator::profile {
namespace {

using Terms = std::vector<std::string>;
using Alternatives = std::vector<Terms>;
using Parsed = tl::expected<Alternatives, std::string>;

bool is_name_character(char c) { return c == '-' || std::isalnum(static_cast<unsigned char>(c)) != 0; }

// Every pair of alternatives joined: A & B over sums of products.
Alternatives both(const Alternatives& left, const Alternatives& right) {
  Alternatives out;
  for (const Terms& a : left) {
    for (const Terms& b : right) {
      Terms joined = a;
      joined.insert(joined.end(), b.begin(), b.end());
      out.push_back(std::move(joined));
    }
  }
  return out;
}

// rule = product { '|' product };  product = factor { '&' factor };  factor = name | '(' rule ')'
class AccessParser {
 public:
  explicit AccessParser(std::string_view text) : text_(text) {}

  Parsed parse() {
    auto parsed = rule(0);
    if (parsed && position_ != text_.size()) return unexpected();
    return parsed;
  }

 private:
  static constexpr int kDeepest = 16;  // brackets within brackets

  tl::unexpected<std::string> unexpected() const {
    if (position_ >= text_.size())
      return tl::unexpected<std::string>("ends where a key name, PIN, free or never is expected");
    return tl::unexpected("'" + std::string(1, text_[position_]) + "' at character " +
                          std::to_string(position_ + 1) + " is not expected");
  }

  bool take(char wanted) {
    if (position_ >= text_.size() || text_[position_] != wanted) return false;
    ++position_;
    return true;
  }

  Parsed rule(int depth) {
    Alternatives all;
    do {
      auto next = product(depth);
      if (!next) return next;
      all.insert(all.end(), next->begin(), next->end());
    } while (take('|'));
    return all;
  }

  Parsed product(int depth) {
    auto all = factor(depth);
    while (all && take('&')) {
      auto next = factor(depth);
      if (!next) return next;
      all = both(*all, *next);
    }
    return all;
  }

  Parsed factor(int depth) {
    if (depth < kDeepest && take('(')) {
      auto inner = rule(depth + 1);
      if (inner && !take(')')) return unexpected();
      return inner;
    }
    const std::size_t start = position_;
    while (position_ < text_.size() && is_name_character(text_[position_])) ++position_;
    if (position_ == start) return unexpected();
    const std::string name(text_.substr(start, position_ - start));
    if (name == "never" || name == "COS") return Alternatives{};
    return Alternatives{{std::string(keys::canonical_key_name(name))}};
  }

  std::string_view text_;
  std::size_t position_ = 0;
};

}  // namespace

tl::expected<Access, std::string> parse_access(std::string_view text) {
  auto alternatives = AccessParser(text).parse();
  if (!alternatives) return tl::unexpected(alternatives.error());
  return Access{std::string(text), *std::move(alternatives)};
}

}  // namespace ssc::simulator::profile
