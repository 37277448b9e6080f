#include "apdu/atr.h"

#include <fmt/format.h>

#include <numeric>

namespace ssc::apdu {
namespace {

constexpr std::size_t kMaxLength = 33;  // TS and 32 characters

using Member = std::optional<std::uint8_t> AtrInterfaceGroup::*;
constexpr std::array<std::pair<Member, char>, 4> kMembers{{{&AtrInterfaceGroup::ta, 'A'},
                                                           {&AtrInterfaceGroup::tb, 'B'},
                                                           {&AtrInterfaceGroup::tc, 'C'},
                                                           {&AtrInterfaceGroup::td, 'D'}}};

tl::unexpected<AtrError> error(std::string what) { return tl::unexpected(AtrError{std::move(what)}); }

// Takes bytes from the front, and remembers what could not be taken.
class Cursor {
 public:
  explicit Cursor(ByteView rest) : rest_(rest) {}
  std::size_t left() const { return rest_.size(); }
  std::optional<std::uint8_t> take() {
    if (rest_.empty()) return std::nullopt;
    const std::uint8_t byte = rest_.front();
    rest_ = rest_.subspan(1);
    return byte;
  }
  ByteView take(std::size_t count) {
    const ByteView taken = rest_.first(count);
    rest_ = rest_.subspan(count);
    return taken;
  }

 private:
  ByteView rest_;
};

// The bytes of one group that `indicator` (the high nibble of T0 or TDi-1) announces.
tl::expected<AtrInterfaceGroup, AtrError> read_group(Cursor& cursor, unsigned indicator, std::size_t number) {
  AtrInterfaceGroup group;
  for (std::size_t i = 0; i < kMembers.size(); ++i) {
    if ((indicator >> i & 1U) == 0) continue;
    const auto byte = cursor.take();
    if (!byte) return error(fmt::format("ends before T{}{}", kMembers[i].second, number));
    group.*kMembers[i].first = byte;
  }
  return group;
}

unsigned indicator_of(const AtrInterfaceGroup& group) {
  unsigned bits = 0;
  for (std::size_t i = 0; i < kMembers.size(); ++i) bits |= (group.*kMembers[i].first ? 1U : 0U) << i;
  return bits;
}

std::uint8_t checksum(ByteView bytes) {
  return std::accumulate(
      bytes.begin(), bytes.end(), std::uint8_t{0},
      [](std::uint8_t sum, std::uint8_t byte) { return static_cast<std::uint8_t>(sum ^ byte); });
}

// All groups after T0; T0's high nibble announces the first.
tl::expected<std::vector<AtrInterfaceGroup>, AtrError> read_groups(Cursor& cursor, std::uint8_t t0) {
  std::vector<AtrInterfaceGroup> groups;
  for (std::optional<std::uint8_t> announcing = t0; announcing; announcing = groups.back().td) {
    auto group = read_group(cursor, *announcing >> 4, groups.size() + 1);
    if (!group) return tl::unexpected(group.error());
    groups.push_back(*group);
  }
  return groups;
}

std::optional<AtrError> check_end(Cursor& cursor, ByteView bytes, bool has_tck) {
  if (has_tck) {
    const auto tck = cursor.take();
    if (!tck) return AtrError{"TCK is missing, though a protocol other than T=0 is announced"};
    const std::uint8_t right = checksum(bytes.subspan(1, bytes.size() - 2 - cursor.left()));
    if (*tck != right) return AtrError{fmt::format("TCK is {:02X}, must be {:02X}", *tck, right)};
  }
  if (cursor.left() != 0) return AtrError{fmt::format("{} bytes too many", cursor.left())};
  return std::nullopt;
}

}  // namespace

bool Atr::has_tck() const {
  return std::ranges::any_of(
      groups, [](const AtrInterfaceGroup& group) { return group.td && (*group.td & 0x0F) != 0; });
}

std::optional<std::array<std::uint8_t, kCardFactorSize>> Atr::card_factor() const {
  if (historical.size() != kHistoricalSize) return std::nullopt;
  std::array<std::uint8_t, kCardFactorSize> factor{};
  std::copy(historical.end() - kCardFactorSize, historical.end(), factor.begin());
  return factor;
}

tl::expected<Atr, AtrError> parse_atr(ByteView bytes) {
  if (bytes.size() < 2) return error(fmt::format("{} bytes; TS and T0 are the least", bytes.size()));
  if (bytes.size() > kMaxLength) return error(fmt::format("{} bytes; 33 are the most", bytes.size()));
  if (bytes[0] != 0x3B && bytes[0] != 0x3F)
    return error(fmt::format("TS is {:02X}, must be 3B or 3F", bytes[0]));
  Cursor cursor(bytes.subspan(2));
  auto groups = read_groups(cursor, bytes[1]);
  if (!groups) return tl::unexpected(groups.error());
  const std::size_t count = bytes[1] & 0x0F;
  if (cursor.left() < count)
    return error(fmt::format("{} historical bytes announced, {} there", count, cursor.left()));
  const ByteView historical = cursor.take(count);
  Atr atr{bytes[0], std::move(*groups), Bytes(historical.begin(), historical.end())};
  if (auto wrong = check_end(cursor, bytes, atr.has_tck())) return tl::unexpected(std::move(*wrong));
  return atr;
}

Bytes encode(const Atr& atr) {
  const unsigned first = atr.groups.empty() ? 0 : indicator_of(atr.groups.front());
  Bytes out{atr.ts, static_cast<std::uint8_t>(first << 4 | atr.historical.size())};
  for (const AtrInterfaceGroup& group : atr.groups) {
    for (const auto& [member, letter] : kMembers) {
      if (group.*member) out.push_back(*(group.*member));
    }
  }
  out.insert(out.end(), atr.historical.begin(), atr.historical.end());
  if (atr.has_tck()) out.push_back(checksum(ByteView(out).subspan(1)));
  return out;
}

tl::expected<Bytes, AtrError> build_atr(ByteView historical) {
  if (historical.size() != kHistoricalSize)
    return error(fmt::format("{} historical bytes; Part 2 has 13", historical.size()));
  return encode(Atr{0x3B, {{.tb = 0x00, .tc = 0x00}}, Bytes(historical.begin(), historical.end())});
}

std::vector<std::string> departures_from_standard(const Atr& atr) {
  std::vector<std::string> out;
  const auto expect = [&out](bool holds, std::string what) {
    if (!holds) out.push_back(std::move(what));
  };
  const AtrInterfaceGroup first = atr.groups.empty() ? AtrInterfaceGroup{} : atr.groups.front();
  const unsigned t0 = indicator_of(first);
  constexpr std::array kT0{0x6U, 0x2U, 0x7U, 0x3U, 0x9U, 0xDU, 0xCU, 0x8U};
  expect(atr.ts == 0x3B, fmt::format("TS is {:02X}, must be 3B", atr.ts));
  expect(std::ranges::find(kT0, t0) != kT0.end(), fmt::format("T0 announces {:X}x, not allowed", t0));
  expect(first.tb.value_or(0) == 0, "TB1 is not 00");
  expect(atr.historical.size() == kHistoricalSize,
         fmt::format("{} historical bytes, must be 13", atr.historical.size()));
  if (!first.td) return out;
  const bool shape = atr.groups.size() == 3 && *first.td == 0x80 && atr.groups[1].td == 0x1F;
  expect(shape, "TD1 TD2 are not 80 1F with TA3");
  if (!shape) return out;
  const std::uint8_t ta3 = atr.groups[2].ta.value_or(0);
  const unsigned clock_stop = ta3 >> 6;
  const unsigned classes = ta3 & 0x3FU;
  expect(clock_stop <= 2, fmt::format("TA3 says clock stop {}, must be 0 to 2", clock_stop));
  expect(classes >= 1 && classes <= 3, fmt::format("TA3 says class {}, must be 1 to 3", classes));
  return out;
}

}  // namespace ssc::apdu
