// What a new PIN must not be.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "conformance/desk/initial_pin.h"

namespace ssc::conformance::desk {
namespace {

using keys::Pin;

struct Question {
  const Policy& policy;
  const Holder& holder;
  const Pin& pin;
  const Pin& old;
};

bool has_wrong_length(const Question& question) { return question.pin.size() != question.policy.length; }

// A drawn PIN is known to the register alone.
bool is_initial(const Question& question) {
  const auto random = keys::system_random();
  return std::ranges::any_of(question.policy.initial, [&](const InitialPin& initial) {
    if (initial.rule == InitialRule::kRandom) return false;
    const auto pin = initial_pin(question.policy, initial, question.holder, *random);
    return pin && *pin == question.pin;
  });
}

bool is_old(const Question& question) { return !question.old.empty() && question.pin == question.old; }

// Every digit differs from the one before by `step`.
bool goes_by(std::string_view digits, int step) {
  const auto breaks = [step](char a, char b) { return b - a != step; };
  return std::ranges::adjacent_find(digits, breaks) == digits.end();
}

bool is_sequence(const Question& question) {
  return goes_by(question.pin.reveal(), 1) || goes_by(question.pin.reveal(), -1);
}

bool is_repeat(const Question& question) { return goes_by(question.pin.reveal(), 0); }

bool is_birth(const Question& question) {
  const std::string birth = birth_date_of(question.holder);
  return !birth.empty() && question.pin == *Pin::of(birth.substr(2));
}

bool is_of_identity_number(const Question& question) {
  constexpr std::array kReadings{LastCharacter::kXIsZero, LastCharacter::kSkipX, LastCharacter::kTwoToSeven};
  return std::ranges::any_of(kReadings, [&](LastCharacter last) {
    return identity_digits(question.holder.id_number, last) == question.pin;
  });
}

struct RuleRow {
  PinRule rule;
  std::string_view name;
  int code;
  bool (*breaks)(const Question&);
  apdu::Phrase what;  // the new PIN is …
};
constexpr std::array kRules = {
    RuleRow{PinRule::kLength, "length", code::pin_length, has_wrong_length, {}},
    RuleRow{PinRule::kNotInitial,
            "not-initial",
            code::back_to_initial,
            is_initial,
            {"the initial PIN", "初始密码"}},
    RuleRow{PinRule::kNotOld, "not-old", code::illegal_input, is_old, {"the old PIN", "原密码"}},
    RuleRow{PinRule::kNoSequence,
            "no-sequence",
            code::illegal_input,
            is_sequence,
            {"a row of digits that follow each other", "连续数字"}},
    RuleRow{PinRule::kNoRepeat,
            "no-repeat",
            code::illegal_input,
            is_repeat,
            {"one digit over and over", "同一数字的重复"}},
    RuleRow{PinRule::kNoBirth, "no-birth", code::illegal_input, is_birth, {"the date of birth", "出生日期"}},
    RuleRow{PinRule::kNoId,
            "no-id",
            code::illegal_input,
            is_of_identity_number,
            {"the end of the identity number", "社会保障号码的末几位"}},
};

// Words with the same between each two.
std::string joined(const std::vector<std::string_view>& words, std::string_view between) {
  std::string out;
  for (const std::string_view word : words)
    out += (out.empty() ? "" : std::string(between)) + std::string(word);
  return out;
}

}  // namespace

std::optional<PinRule> broken_rule(const Policy& policy, const Holder& holder, const Pin& pin,
                                   const Pin& old) {
  const Question question{policy, holder, pin, old};
  for (const RuleRow& row : kRules) {
    if (policy.forbids(row.rule) && row.breaks(question)) return row.rule;
  }
  return std::nullopt;
}

Refusal refusal_of(const Policy& policy, PinRule rule) {
  const RuleRow& row = *std::ranges::find(kRules, rule, &RuleRow::rule);
  Refusal refusal{std::string(row.name), row.code, {}};
  if (rule == PinRule::kLength) {
    refusal.why = {fmt::format("A PIN has {} digits here", policy.length),
                   fmt::format("密码应为{}位数字", policy.length)};
  } else {
    refusal.why = {fmt::format("The new PIN is {}, which is not accepted", row.what.english),
                   fmt::format("新密码不能是{}", row.what.chinese)};
  }
  return refusal;
}

apdu::OwnedPhrase new_pin_rules(const Policy& policy) {
  std::vector<std::string_view> english;
  std::vector<std::string_view> chinese;
  for (const RuleRow& row : kRules) {
    if (row.what.empty() || !policy.forbids(row.rule)) continue;
    english.push_back(row.what.english);
    chinese.push_back(row.what.chinese);
  }
  return {fmt::format("A new PIN has {} digits and is not {}.", policy.length, joined(english, ", ")),
          fmt::format("新密码为{}位数字，不能是{}。", policy.length, joined(chinese, "、"))};
}

}  // namespace ssc::conformance::desk
