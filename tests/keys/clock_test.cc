#include "keys/clock.h"

#include <gtest/gtest.h>

namespace ssc::keys {
namespace {

TEST(Clock, SecondsOfTheEpochAsADate) {
  // date -u -d @1769846400 +%FT%TZ
  const Time time{std::chrono::seconds(1769846400)};
  EXPECT_EQ(to_text(time), "2026-01-31T08:00:00Z");
  EXPECT_EQ(parse_time("2026-01-31T08:00:00Z"), time);
  EXPECT_EQ(parse_time("1970-01-01T00:00:00Z"), Time{});
  // date -u -d 2024-02-29T23:59:59Z +%s
  EXPECT_EQ(parse_time("2024-02-29T23:59:59Z"), Time{std::chrono::seconds(1709251199)});
}

TEST(Clock, OtherFormsAreNoTime) {
  for (const std::string_view text :
       {"", "2026-01-31", "2026-02-29T08:00:00Z", "2026-13-01T08:00:00Z", "2026-01-31T24:00:00Z",
        "2026-01-31T08:60:00Z", "2026-01-31 08:00:00Z", "2026-01-31T08:00:00z", "+026-01-31T08:00:00Z",
        "2026-00-31T08:00:00Z", "2026-01-31T08:00:0xZ", "2026-01-31T08:00:00ZZ"}) {
    EXPECT_FALSE(parse_time(text)) << text;
  }
}

TEST(Clock, AFixedClockStands) {
  const Clock clock = fixed_clock(*parse_time("2026-01-31T08:00:00Z"));
  EXPECT_EQ(clock(), clock());
  EXPECT_GT(system_clock()(), *parse_time("2020-01-01T00:00:00Z"));
}

}  // namespace
}  // namespace ssc::keys
