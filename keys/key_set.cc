#include "keys/key_set.h"

#include <algorithm>

#include "keys/factors.h"
#include "keys/standard.h"

namespace ssc::keys {

const NamedKey* KeySet::find(std::string_view key_name, unsigned version) const {
  const std::string_view wanted = canonical_key_name(key_name);
  const auto found = std::ranges::find_if(
      keys, [&](const NamedKey& key) { return key.name == wanted && key.version == version; });
  return found == keys.end() ? nullptr : &*found;
}

Key card_key(const KeySet& set, const NamedKey& key, std::string_view area, ByteView historical_bytes) {
  const std::array<Factor, 3> path = {province_factor(area), city_factor(area, set.four_digit_city),
                                      card_factor(historical_bytes)};
  return diversify(key.value, std::span(path).last(levels_to_card(key.level)));
}

bool serves(const KeySet& set, const NamedKey& key, std::string_view area) {
  switch (key.level) {
    case Level::kNational:
      return true;
    case Level::kProvince:
      return province_factor(set.area) == province_factor(area);
    case Level::kCity:
    case Level::kCard:
      return city_factor(set.area, set.four_digit_city) == city_factor(area, set.four_digit_city);
  }
  return false;
}

}  // namespace ssc::keys
