#include "simulator/card/pay_year.h"

#include <algorithm>

namespace ssc::simulator::card {
namespace {

constexpr std::int32_t kYear = 10000;  // one year in a number yyyymmdd

std::int32_t from_bcd(apdu::ByteView bytes) {
  std::int32_t value = 0;
  for (const std::uint8_t byte : bytes) value = value * 100 + (byte >> 4) * 10 + (byte & 0x0F);
  return value;
}

std::int32_t from_bcd(std::uint16_t value) { return from_bcd(apdu::big_endian<2>(value)); }

std::uint16_t to_bcd(std::int32_t yyyy) {
  return static_cast<std::uint16_t>(yyyy / 1000 % 10 << 12 | yyyy / 100 % 10 << 8 | yyyy / 10 % 10 << 4 |
                                    yyyy % 10);
}

bool is_bcd(apdu::ByteView bytes) {
  return std::ranges::all_of(bytes, [](std::uint8_t byte) { return byte >> 4 <= 9 && (byte & 0x0F) <= 9; });
}

}  // namespace

bool is_day(std::uint16_t mmdd) {
  constexpr std::int32_t kDays[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (!is_bcd(apdu::big_endian<2>(mmdd))) return false;
  const std::int32_t month = from_bcd(mmdd) / 100;
  const std::int32_t day = from_bcd(mmdd) % 100;
  return month >= 1 && month <= 12 && day >= 1 && day <= kDays[month - 1];
}

std::optional<std::uint16_t> pay_year_of(const keys::DateTime& date, std::uint16_t current,
                                         std::uint16_t starting_day) {
  const auto yyyymmdd = apdu::ByteView(date).first(4);
  if (!is_bcd(yyyymmdd)) return std::nullopt;
  const std::int32_t day = from_bcd(yyyymmdd);
  const std::int32_t start = from_bcd(starting_day);
  if (day - (from_bcd(current) * kYear + start) < kYear) return current;
  return to_bcd(day % kYear >= start ? day / kYear : day / kYear - 1);
}

}  // namespace ssc::simulator::card
