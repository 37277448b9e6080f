#include "apdu/text/identity.h"

#include <gtest/gtest.h>

#include "tests/data/vec.h"

namespace ssc::apdu {
namespace {

constexpr std::string_view kCharacters = "0123456789X";

TEST(Identity, KnownAnswers) {
  for (const test::KnownAnswer& answer : test::load_vec("identity.vec")) {
    SCOPED_TRACE(answer.where());
    const bool citizen = answer.algorithm == "GB11643-MOD11-2";
    const std::string& body = answer.text(citizen ? "body17" : "body");
    const auto check = citizen ? citizen_check_character(body) : card_check_character(body);
    ASSERT_TRUE(check.has_value());
    EXPECT_EQ(body + *check, answer.output);
    EXPECT_FALSE(citizen ? check_citizen_number(answer.output) : check_card_number(answer.output));
  }
}

TEST(Identity, EveryOtherCheckCharacterIsRefused) {
  for (const char last : kCharacters) {
    const auto citizen = check_citizen_number(std::string("99010019900307006") + last);
    EXPECT_EQ(citizen.has_value(), last != 'X');
    const auto card = check_card_number(std::string("D2143569") + last);
    EXPECT_EQ(card.has_value(), last != 'X');
  }
  const auto wrong = check_citizen_number("990100199003070061");
  ASSERT_TRUE(wrong.has_value());
  EXPECT_EQ(wrong->position, 17U);
  EXPECT_EQ(wrong->what, "check character is '1', must be 'X'");
}

TEST(Identity, AChangedDigitIsFound) {
  const std::string good = "99010019900307006X";
  for (std::size_t i = 0; i < 17; ++i) {
    for (char digit = '0'; digit <= '9'; ++digit) {
      std::string changed = good;
      changed[i] = digit;
      EXPECT_EQ(check_citizen_number(changed).has_value(), changed != good) << changed;
    }
  }
}

TEST(Identity, TheBirthdayIsARealDay) {
  const auto with_check = [](const std::string& body) { return body + *citizen_check_character(body); };
  EXPECT_FALSE(check_citizen_number(with_check("99010020000229001")));
  const auto wrong = check_citizen_number(with_check("99010019000229001"));
  ASSERT_TRUE(wrong.has_value());
  EXPECT_EQ(wrong->what, "19000229 is no date");
  EXPECT_EQ(wrong->position, 6U);
}

TEST(Identity, DatesAreOfTheGregorianCalendar) {
  for (const auto* good : {"19900307", "20000229", "20240229", "19991231", "00010101", "99991231"})
    EXPECT_TRUE(is_date(good)) << good;
  for (const auto* bad : {"19000229", "20230229", "20230431", "20231301", "20230001", "20230100", "00000101",
                          "1990030", "199003071", "1990030X", ""})
    EXPECT_FALSE(is_date(bad)) << bad;
}

TEST(Identity, ShapesThatAreNoNumber) {
  EXPECT_EQ(check_citizen_number("9901001990030700")->what, "16 characters, must be 18");
  EXPECT_TRUE(check_citizen_number("9901001990030700AX"));
  EXPECT_TRUE(check_citizen_number("99010019900307006x"));
  EXPECT_TRUE(check_card_number("d2143569X"));
  EXPECT_TRUE(check_card_number("12143569X"));
  EXPECT_TRUE(check_card_number("D214356"));
  EXPECT_FALSE(card_check_character("D214-569").has_value());
  EXPECT_FALSE(citizen_check_character("").has_value());
}

}  // namespace
}  // namespace ssc::apdu
