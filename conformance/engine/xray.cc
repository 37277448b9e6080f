#include "conformance/engine/xray.h"

#include <fmt/format.h>

#include <algorithm>

namespace ssc::conformance {
namespace {

using Kind = Finding::Kind;

constexpr std::string_view kPin = "PIN";

bool holds_key(const CardModel& card, std::string_view name) {
  const auto named = [name](const auto& key) { return key.name == name; };
  return std::ranges::any_of(card.dfs,
                             [named](const auto& df) { return std::ranges::any_of(df.keys, named); });
}

class Look {
 public:
  Look(const XRay& xray, const Inside& inside, const Environment& environment)
      : xray_(xray), inside_(inside), state_(*inside.state), environment_(environment) {}

  Finding look() {
    for (const auto demand :
         {&Look::tries, &Look::authenticated, &Look::security, &Look::current_df, &Look::current_ef,
          &Look::key_version, &Look::writes, &Look::writes_of_last, &Look::challenge}) {
      Finding finding = (this->*demand)();
      if (finding.kind != Kind::kMet) return finding;
    }
    return {};
  }

 private:
  static Finding untold(const std::string& what) { return Finding::unseen("the card does not tell " + what); }

  Finding is_number(const Expression& wanted, std::string_view attribute, unsigned got,
                    const std::string& what) const {
    const auto value = evaluate(wanted, environment_);
    const auto number =
        value ? as_number(*value) : Evaluated<std::int64_t>(tl::make_unexpected(value.error()));
    if (!number) return Finding::error(fmt::format("{}: {}", attribute, number.error()));
    if (*number == static_cast<std::int64_t>(got)) return {};
    return Finding::not_met(fmt::format("{} {}, expected {}", got, what, *number),
                            {std::to_string(*number), std::to_string(got)});
  }

  Finding is_truth(const Expression& wanted, std::string_view attribute, bool got, const std::string& yes,
                   const std::string& no) const {
    const auto value = evaluate(wanted, environment_);
    const auto truth = value ? as_truth(*value) : Evaluated<bool>(tl::make_unexpected(value.error()));
    if (!truth) return Finding::error(fmt::format("{}: {}", attribute, truth.error()));
    if (*truth == got) return {};
    return Finding::not_met(got ? yes : no, {*truth ? yes : no, got ? yes : no});
  }

  Finding is_text(const Template& wanted, std::string_view attribute, const std::string& got) const {
    const auto value = render_value(wanted, environment_);
    if (!value) return Finding::error(fmt::format("{}: {}", attribute, value.error()));
    const std::string text = to_string(*value);
    if (text == got) return {};
    const auto word = [](const std::string& one) { return one.empty() ? std::string("none") : one; };
    return Finding::not_met(fmt::format("{} is {}, expected {}", attribute, word(got), word(text)),
                            {word(text), word(got)});
  }

  Finding tries() {
    if (!xray_.tries_left) return {};
    const auto got = state_.tries_left(xray_.of);
    if (!got) return untold("the tries of " + xray_.of);
    return is_number(*xray_.tries_left, "tries-left", *got, "tries left for " + xray_.of);
  }
  Finding authenticated() {
    if (!xray_.authenticated) return {};
    const auto got = state_.authenticated(xray_.of);
    if (!got) return untold("whether " + xray_.of + " is authenticated");
    return is_truth(*xray_.authenticated, "authenticated", *got, xray_.of + " is authenticated",
                    xray_.of + " is not authenticated");
  }
  Finding security() {
    if (!xray_.security) return {};
    const auto got = state_.security();
    return got ? is_text(*xray_.security, "security", *got) : untold("its security status");
  }
  Finding current_df() {
    if (!xray_.current_df) return {};
    const auto got = state_.current_df();
    return got ? is_text(*xray_.current_df, "current-df", *got) : untold("its current DF");
  }
  Finding current_ef() {
    if (!xray_.current_ef) return {};
    const auto got = state_.current_ef();
    return got ? is_text(*xray_.current_ef, "current-ef", *got) : untold("its current EF");
  }
  Finding key_version() {
    if (!xray_.key_version) return {};
    const auto got = state_.key_version(xray_.of);
    if (!got) return untold("the version of " + xray_.of + " in use");
    return is_number(*xray_.key_version, "key-version", *got, "is the version of " + xray_.of + " in use");
  }
  Finding writes_since(const std::optional<Expression>& wanted, std::string_view attribute, unsigned since,
                       const std::string& what) const {
    if (!wanted) return {};
    const auto got = state_.writes();
    return got ? is_number(*wanted, attribute, *got - since, what) : untold("how often it wrote");
  }
  Finding writes() {
    return writes_since(xray_.writes, "writes", inside_.writes_at_start, "writes since the case began");
  }
  Finding writes_of_last() {
    return writes_since(xray_.writes_of_last, "writes-of-last", inside_.writes_before_last,
                        "writes by the last command");
  }
  Finding challenge() {
    if (!xray_.challenge) return {};
    const auto got = state_.challenge();
    if (!got) return untold("whether a challenge waits");
    return is_truth(*xray_.challenge, "challenge", *got, "a challenge waits", "no challenge waits");
  }

  const XRay& xray_;
  const Inside& inside_;
  const InnerState& state_;
  const Environment& environment_;
};

}  // namespace

Finding look(const XRay& xray, const Inside& inside, const Environment& environment) {
  if (!inside.model) return Finding::unseen("this run has no card in that slot");
  if (xray.of != kPin && !holds_key(*inside.model, xray.of))
    return Finding::error(fmt::format("{} has no key {}", inside.model->name, xray.of));
  if (!inside.state) return Finding::unseen("inner state cannot be seen here");
  return Look(xray, inside, environment).look();
}

}  // namespace ssc::conformance
