#include "conformance/desk/initial_pin.h"

#include <algorithm>

#include "apdu/text/identity.h"

namespace ssc::conformance::desk {
namespace {

using keys::Pin;
using Made = tl::expected<Pin, Refusal>;

constexpr std::size_t kSix = 6;

tl::unexpected<Refusal> missing(std::string rule, std::string en, std::string zh) {
  return tl::unexpected(Refusal{std::move(rule), code::illegal_input, {std::move(en), std::move(zh)}});
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Letters as 0.
Pin digits_of(std::string text) {
  std::ranges::replace_if(
      text, [](char c) { return !is_digit(c); }, '0');
  return *Pin::of(text);
}

Made of_card(const Holder& holder) {
  if (holder.card_number.size() < kSix)
    return missing("no-card-number", "The initial PIN comes from the card number, which is not known",
                   "初始密码取自卡号，但卡号不明");
  return digits_of(holder.card_number.substr(holder.card_number.size() - kSix));
}

Made of_birth(const Holder& holder) {
  const std::string birth = birth_date_of(holder);
  if (birth.empty())
    return missing("no-birth-date", "The initial PIN comes from the date of birth, which is not known",
                   "初始密码取自出生日期，但出生日期不明");
  return digits_of(birth.substr(2));
}

Made of_identity(const Holder& holder, LastCharacter last) {
  if (auto pin = identity_digits(holder.id_number, last)) return *std::move(pin);
  return missing("no-identity-number", "The initial PIN comes from the identity number, which is too short",
                 "初始密码取自社会保障号码，但号码过短");
}

// A digit from an octet without favour: 250 and above are drawn again.
char drawn_digit(keys::Random& random) {
  constexpr unsigned kFair = 250;
  std::uint8_t octet = 0;
  do random.fill({&octet, 1});
  while (octet >= kFair);
  return static_cast<char>('0' + octet % 10);
}

Pin drawn(unsigned length, keys::Random& random) {
  std::string digits(length, '0');
  for (char& digit : digits) digit = drawn_digit(random);
  return digits_of(std::move(digits));
}

}  // namespace

std::string birth_date_of(const Holder& holder) {
  constexpr std::size_t kDate = 8;
  if (apdu::is_date(holder.birth_date)) return holder.birth_date;
  const bool citizen = holder.birth_date.empty() && holder.id_number.size() == 18;
  const std::string in_number = citizen ? holder.id_number.substr(kSix, kDate) : "";
  return apdu::is_date(in_number) ? in_number : "";
}

std::optional<Pin> identity_digits(std::string_view number, LastCharacter last) {
  if (number.empty()) return std::nullopt;
  const bool ends_in_x = number.back() == 'X' || number.back() == 'x';
  const bool drop = last == LastCharacter::kTwoToSeven || (last == LastCharacter::kSkipX && ends_in_x);
  if (drop) number.remove_suffix(1);
  if (number.size() < kSix) return std::nullopt;
  return digits_of(std::string(number.substr(number.size() - kSix)));
}

Made initial_pin(const Policy& policy, const InitialPin& initial, const Holder& holder,
                 keys::Random& random) {
  switch (initial.rule) {
    case InitialRule::kNone:
      return Pin();
    case InitialRule::kFixed:
      return initial.value;
    case InitialRule::kIdLastSix:
      return of_identity(holder, initial.last);
    case InitialRule::kBirthDate:
      return of_birth(holder);
    case InitialRule::kCardLastSix:
      return of_card(holder);
    case InitialRule::kRandom:
      break;
  }
  return drawn(policy.length, random);
}

Made initial_pin(const Policy& policy, const Holder& holder, keys::Random& random) {
  return initial_pin(policy, policy.initial.front(), holder, random);
}

}  // namespace ssc::conformance::desk
