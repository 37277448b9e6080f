// The year rule of Part 7 §12.6, at its boundaries.
#include "simulator/card/pay_year.h"

#include "tests/simulator/test_card.h"

namespace ssc::simulator::test {
namespace {

struct Case {
  const char* date;
  std::uint16_t current;
  std::uint16_t starting_day;
  std::uint16_t year;
};

// n = date − (current year × 10000 + starting day); below 10000 the current year stays, also for a date
// before it.
constexpr Case kCases[] = {
    {"20230401000000", 0x2023, 0x0401, 0x2023}, {"20231231000000", 0x2023, 0x0401, 0x2023},
    {"20240331235959", 0x2023, 0x0401, 0x2023}, {"20240401000000", 0x2023, 0x0401, 0x2024},
    {"20250331000000", 0x2023, 0x0401, 0x2024}, {"20250401000000", 0x2023, 0x0401, 0x2025},
    {"20230331000000", 0x2023, 0x0401, 0x2023}, {"19990101000000", 0x2023, 0x0401, 0x2023},
    {"20231231000000", 0x2023, 0x0101, 0x2023}, {"20240101000000", 0x2023, 0x0101, 0x2024},
    {"20991231000000", 0x2023, 0x1231, 0x2099}, {"20991230000000", 0x2023, 0x1231, 0x2098},
    {"20240131000000", 0x0000, 0x0000, 0x2024}, {"20240131000000", 0x0000, 0x0401, 0x2023},
};

keys::DateTime date_time(std::string_view text) {
  keys::DateTime out{};
  std::ranges::copy(hex(text), out.begin());
  return out;
}

TEST(PayYear, Boundaries) {
  for (const Case& c : kCases) {
    EXPECT_EQ(card::pay_year_of(date_time(c.date), c.current, c.starting_day), c.year)
        << c.date << " " << c.current << " " << c.starting_day;
  }
}

TEST(PayYear, ADateIsDecimal) {
  EXPECT_FALSE(card::pay_year_of(date_time("2024A131000000"), 0x2023, 0x0401));
  EXPECT_FALSE(card::pay_year_of(date_time("2024013F000000"), 0x2023, 0x0401));
}

}  // namespace
}  // namespace ssc::simulator::test
