#include "apdu/text/identity.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

namespace ssc::apdu {
namespace {

constexpr std::size_t kCitizenBody = 17;
constexpr std::size_t kCardBody = 8;
constexpr std::array<unsigned, kCitizenBody> kCitizenWeights{7, 9, 10, 5,  8, 4, 2, 1, 6,
                                                             3, 7, 9,  10, 5, 8, 4, 2};
constexpr std::array<unsigned, kCardBody> kCardWeights{3, 7, 9, 10, 5, 8, 4, 2};
constexpr std::string_view kCitizenChecks = "10X98765432";  // by sum mod 11
constexpr std::string_view kCardChecks = "0X987654321";     // 11 − sum mod 11; 10 is X, 11 is 0

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

bool all_digits(std::string_view text) { return std::ranges::all_of(text, is_digit); }

// 0 to 9 at face value, A is 10.
unsigned value_of(char c) { return static_cast<unsigned>(is_digit(c) ? c - '0' : c - 'A' + 10); }

template <std::size_t Size>
unsigned weighted_sum(std::string_view body, const std::array<unsigned, Size>& weights) {
  unsigned sum = 0;
  for (std::size_t i = 0; i < Size; ++i) sum += value_of(body[i]) * weights[i];
  return sum;
}

unsigned number_of(std::string_view digits) {
  unsigned value = 0;
  for (const char digit : digits) value = 10 * value + value_of(digit);
  return value;
}

// The common end of both checks: length, body, last character.
std::optional<TextError> check_number(std::string_view number, std::size_t body_size,
                                      std::string_view body_rule,
                                      std::optional<char> (*check_character)(std::string_view)) {
  if (number.size() != body_size + 1)
    return TextError{0, fmt::format("{} characters, must be {}", number.size(), body_size + 1)};
  const auto right = check_character(number.substr(0, body_size));
  if (!right) return TextError{0, std::string(body_rule)};
  if (number.back() != *right)
    return TextError{body_size, fmt::format("check character is '{}', must be '{}'", number.back(), *right)};
  return std::nullopt;
}

}  // namespace

std::optional<char> citizen_check_character(std::string_view body) {
  if (body.size() != kCitizenBody || !all_digits(body)) return std::nullopt;
  return kCitizenChecks[weighted_sum(body, kCitizenWeights) % 11];
}

std::optional<char> card_check_character(std::string_view body) {
  const auto fits = [](char c) { return is_digit(c) || is_capital(c); };
  if (body.size() != kCardBody || !is_capital(body[0]) || !std::ranges::all_of(body, fits))
    return std::nullopt;
  return kCardChecks[weighted_sum(body, kCardWeights) % 11];
}

bool is_date(std::string_view yyyymmdd) {
  if (yyyymmdd.size() != 8 || !all_digits(yyyymmdd)) return false;
  const unsigned year = number_of(yyyymmdd.substr(0, 4));
  return year != 0 && std::chrono::year_month_day{std::chrono::year{static_cast<int>(year)},
                                                  std::chrono::month{number_of(yyyymmdd.substr(4, 2))},
                                                  std::chrono::day{number_of(yyyymmdd.substr(6, 2))}}
                          .ok();
}

std::optional<TextError> check_citizen_number(std::string_view number) {
  if (auto wrong = check_number(number, kCitizenBody, "the first 17 characters are not all digits",
                                citizen_check_character))
    return wrong;
  const std::string_view birth = number.substr(6, 8);
  if (!is_date(birth)) return TextError{6, fmt::format("{} is no date", birth)};
  return std::nullopt;
}

std::optional<TextError> check_card_number(std::string_view number) {
  return check_number(number, kCardBody,
                      "the first 8 characters are not a capital letter and 7 letters or digits",
                      card_check_character);
}

}  // namespace ssc::apdu
