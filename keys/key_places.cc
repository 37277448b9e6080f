#include "keys/key_places.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

namespace ssc::keys {
namespace {

struct Range {
  Level owner;
  bool environment;  // of keys in the card's DDF; else in its applications
  std::uint8_t first;
  std::uint8_t last;
};
constexpr Range kRanges[] = {
    {Level::kNational, true, 0x08, 0x0F},  {Level::kProvince, true, 0x10, 0x17},
    {Level::kCity, true, 0x18, 0x1F},      {Level::kNational, false, 0x20, 0x3F},
    {Level::kNational, false, 0xB0, 0xB4},  // provincial terminal spec, table B.1
    {Level::kProvince, false, 0x40, 0x7F}, {Level::kCity, false, 0x80, 0xAF},
    {Level::kCity, false, 0xB5, 0xBF},
};

bool is_environment(const NamedKey& key) { return key.application == "SSSE" || key.application == "MF"; }

std::string ranges_of(Level owner, bool environment) {
  std::vector<std::string> texts;
  for (const Range& range : kRanges) {
    if (range.owner == owner && range.environment == environment)
      texts.push_back(fmt::format("{:02X}-{:02X}", range.first, range.last));
  }
  return fmt::format("{}", fmt::join(texts, " and "));
}

}  // namespace

std::string_view word(Level level) {
  constexpr std::string_view kWords[] = {"national", "province", "city", "card"};
  return kWords[static_cast<unsigned>(level)];
}

std::string_view owner_word(Level owner) {
  constexpr std::string_view kWords[] = {"ministry", "province", "city", "PSAM's issuer"};
  return kWords[static_cast<unsigned>(owner)];
}

std::optional<Fault> psam_id_fault(const NamedKey& key) {
  const bool has_id = key.psam_usage != 0 && key.purpose != Purpose::kPurchase;
  if (!has_id || !key.owner || key.owner == Level::kCard) return std::nullopt;
  const bool environment = is_environment(key);
  const bool inside = std::ranges::any_of(kRanges, [&](const Range& range) {
    return range.owner == key.owner && range.environment == environment && range.first <= key.psam_id &&
           key.psam_id <= range.last;
  });
  if (inside) return std::nullopt;
  return Fault{fmt::format("PSAM id {:02X} of key '{}' is not the {}'s to give", key.psam_id, key.name,
                           owner_word(*key.owner)),
               fmt::format("for keys of {} it has {} (Part 9 app. A)",
                           environment ? "the SSSE" : "applications", ranges_of(*key.owner, environment))};
}

std::optional<Fault> card_id_fault(const NamedKey& key) {
  if (!key.id_known) return std::nullopt;
  const bool environment = is_environment(key);
  const bool inside = environment ? key.id >= 0x01 && key.id <= 0x7F : key.id >= 0x80;
  if (inside) return std::nullopt;
  return Fault{fmt::format("id {:02X} of key '{}' is none of {}", key.id, key.name, key.application),
               environment ? "keys of the SSSE have 01 to 7F (Part 5 table 14)"
                           : "keys of an application have 80 to FF (Part 5 table 14)"};
}

}  // namespace ssc::keys
