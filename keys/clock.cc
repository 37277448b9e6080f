#include "keys/clock.h"

#include <charconv>
#include <cstdio>

namespace ssc::keys {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::hh_mm_ss;
using std::chrono::sys_days;
using std::chrono::year_month_day;

// Where the digits of "2026-01-31T08:00:00Z" stand, and the largest value a field may have.
struct Field {
  std::size_t at;
  std::size_t size;
  unsigned most;
};
constexpr Field kFields[] = {{0, 4, 9999}, {5, 2, 12}, {8, 2, 31}, {11, 2, 23}, {14, 2, 59}, {17, 2, 59}};

std::optional<unsigned> number(std::string_view text, const Field& field) {
  const std::string_view digits = text.substr(field.at, field.size);
  unsigned value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size() || value > field.most) return std::nullopt;
  return value;
}

std::optional<year_month_day> date(unsigned year, unsigned month, unsigned day) {
  const year_month_day date(std::chrono::year(static_cast<int>(year)), std::chrono::month(month),
                            std::chrono::day(day));
  if (!date.ok()) return std::nullopt;
  return date;
}

}  // namespace

Clock system_clock() {
  return [] { return floor<std::chrono::seconds>(std::chrono::system_clock::now()); };
}

Clock fixed_clock(Time time) {
  return [time] { return time; };
}

std::string to_text(Time time) {
  const sys_days day = floor<days>(time);
  const year_month_day date(day);
  const hh_mm_ss clock(time - day);
  char text[sizeof "2026-01-31T08:00:00Z" + 40];
  std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return text;
}

std::optional<Time> parse_time(std::string_view text) {
  if (text.size() != std::string_view("2026-01-31T08:00:00Z").size()) return std::nullopt;
  std::array<unsigned, std::size(kFields)> values{};
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto value = number(text, kFields[i]);
    if (!value) return std::nullopt;
    values[i] = *value;
  }
  const auto day = date(values[0], values[1], values[2]);
  if (!day) return std::nullopt;
  const Time time = sys_days(*day) + std::chrono::hours(values[3]) + std::chrono::minutes(values[4]) +
                    std::chrono::seconds(values[5]);
  if (to_text(time) != text) return std::nullopt;  // other characters between the digits
  return time;
}

}  // namespace ssc::keys
