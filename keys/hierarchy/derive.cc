#include "keys/hierarchy/derive.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "keys/factors.h"
#include "keys/hierarchy/weak_keys.h"
#include "keys/standard.h"

namespace ssc::keys::hierarchy {
namespace {

Ruled<void> check_descent(const KeySet& from, const Descent& descent) {
  const bool six_digits = descent.area.size() == 6 &&
                          std::ranges::all_of(descent.area, [](char c) { return c >= '0' && c <= '9'; });
  if (!six_digits || descent.area == kEveryArea)
    return refuse(fmt::format("area '{}' is none of a centre", descent.area),
                  "write six digits, as in 990100");
  if (descent.to == Level::kProvince && !descent.area.ends_with("0000"))
    return refuse(fmt::format("area {} is no province's", descent.area), "a province's area ends in 0000");
  if (from.level && *from.level >= descent.to) {
    return refuse(fmt::format("key set '{}' is a {} set, not above a {} set", from.name, word(*from.level),
                              word(descent.to)),
                  "derive from the set of the ministry or province");
  }
  if (from.level == Level::kProvince && from.area.substr(0, 2) != descent.area.substr(0, 2)) {
    return refuse(fmt::format("area {} is not in the province of key set '{}' ({})", descent.area, from.name,
                              from.area),
                  "its first two digits are the province's");
  }
  return {};
}

Key derived(const NamedKey& key, const Descent& descent) {
  std::vector<Factor> path;
  if (key.level == Level::kNational) path.push_back(province_factor(descent.area));
  if (key.level <= Level::kProvince && descent.to == Level::kCity)
    path.push_back(city_factor(descent.area, descent.four_digit_city));
  return diversify(key.value, path);
}

NamedKey lowered(const NamedKey& key, const Descent& descent) {
  constexpr unsigned kTypeBits = 0x1F;
  NamedKey out = key;
  out.value = derived(key, descent);
  out.level = descent.to;
  if (key.psam_usage != 0)
    out.psam_usage =
        static_cast<std::uint8_t>(levels_to_card(descent.to) << 5 | (key.psam_usage & kTypeBits));
  return out;
}

// The PSAM's own keys and card keys have no level to lose.
Ruled<void> add_lowered(const KeySet& from, const NamedKey& key, const Descent& descent, KeySet& out) {
  if (key.level == Level::kCard) {
    if (!from.level) out.keys.push_back(key);
    return {};
  }
  if (key.level > descent.to) return {};
  if (!serves(from, key, descent.area)) {
    return refuse(fmt::format("key '{}' of key set '{}' is a {} root of area {}, not of {}", key.name,
                              from.name, word(key.level), from.area, descent.area),
                  "derive for an area of that province, or from a set of the ministry's keys alone");
  }
  out.keys.push_back(lowered(key, descent));
  return {};
}

}  // namespace

Ruled<KeySet> derive_set(const KeySet& from, const Descent& descent) {
  if (auto checked = check_descent(from, descent); !checked) return tl::unexpected(checked.error());
  KeySet out;
  out.name = descent.name;
  out.area = descent.area;
  out.cipher = from.cipher;
  out.structures = from.structures;
  out.level = descent.to;
  out.lab = from.lab;
  out.four_digit_city = descent.four_digit_city;
  for (const NamedKey& key : from.keys) {
    if (auto added = add_lowered(from, key, descent, out); !added) return tl::unexpected(added.error());
  }
  return out;
}

Ruled<KeySet> take_in(KeySet into, const KeySet& derived) {
  if (into.cipher != derived.cipher || into.level != derived.level || into.area != derived.area) {
    return refuse(
        fmt::format("key set '{}' is of another cipher, level or area than what came down", into.name),
        "derive for that set's own");
  }
  for (const NamedKey& key : derived.keys) {
    const NamedKey* there = into.find(key.name, key.version);
    if (there == nullptr) {
      into.keys.push_back(key);
    } else if (there->level != key.level || !same_key(there->value, key.value)) {
      return refuse(fmt::format("key '{}' version {} of key set '{}' is not the one that came down", key.name,
                                key.version, into.name),
                    "'ssc keys compare' shows which differ; nothing was changed");
    }
  }
  return into;
}

}  // namespace ssc::keys::hierarchy
