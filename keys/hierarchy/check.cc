#include "keys/hierarchy/check.h"

#include <fmt/format.h>

#include <algorithm>

#include "keys/hierarchy/planned_keys.h"
#include "keys/hierarchy/weak_keys.h"

namespace ssc::keys::hierarchy {
namespace {

using Faults = std::vector<Fault>;

// The owners whose keys a set of that level holds.
std::vector<Maker> makers_for(const KeySet& set) {
  if (!set.level) return {Maker::kMinistry, Maker::kProvince, Maker::kIssuer};
  if (*set.level == Level::kNational) return {Maker::kMinistry};
  return {Maker::kMinistry, Maker::kProvince};
}

std::string from_whom(const KeySet& set, const NamedKey& key) {
  if (!set.level || !key.owner || *key.owner >= *set.level) return "'ssc keys add' makes it";
  return fmt::format("it comes down from the {}: 'ssc keys derive --update' takes it in",
                     owner_word(*key.owner));
}

void find_missing(const KeySet& set, Faults& out) {
  const unsigned groups = groups_of(set);
  for (const Maker maker : makers_for(set)) {
    for (const NamedKey& key : planned_keys(set, maker, groups)) {
      if (set.find(key.name, key.version) != nullptr) continue;
      const bool gap = set.find(key.name, 1) != nullptr;
      out.push_back({gap ? fmt::format("key '{}' has no version {}, others have", key.name, key.version)
                         : fmt::format("key '{}' version {} is missing", key.name, key.version),
                     from_whom(set, key)});
    }
  }
}

// Gaps among the versions of keys that no table plans.
void find_gaps(const KeySet& set, Faults& out) {
  for (const NamedKey& key : set.keys) {
    if (key.version == 1 || find_key_name(key.name, set.structures) != nullptr) continue;
    if (set.find(key.name, key.version - 1U) == nullptr)
      out.push_back(
          {fmt::format("key '{}' has version {} but no version {}", key.name, key.version, key.version - 1),
           "'ssc keys add' makes it"});
  }
}

void find_wrong_owners(const KeySet& set, Faults& out) {
  for (const NamedKey& key : set.keys) {
    const bool below = set.level && key.owner && *key.owner != Level::kCard && *key.owner > *set.level;
    if (below)
      out.push_back({fmt::format("key '{}' version {} is the {}'s, in a {} set", key.name, key.version,
                                 owner_word(*key.owner), word(*set.level)),
                     "remove it: its owner makes it"});
  }
}

void find_wrong_levels(const KeySet& set, Faults& out) {
  for (const NamedKey& key : set.keys) {
    if (!key.owner || *key.owner == Level::kCard) continue;
    const Level expected = std::max(*key.owner, set.level.value_or(Level::kNational));
    if (key.level != expected)
      out.push_back({fmt::format("key '{}' version {} is a {} root, it should be a {} root here", key.name,
                                 key.version, word(key.level), word(expected)),
                     "derive it by the factors of this area, or correct its level"});
  }
}

void find_weak(const KeySet& set, Faults& out) {
  for (const NamedKey& key : set.keys) {
    if (const auto weakness = weakness_of(key.value))
      out.push_back(
          {fmt::format("key '{}' version {} is weak: {}", key.name, key.version, *weakness), "make it anew"});
  }
}

void find_equal(const KeySet& set, Faults& out) {
  for (auto a = set.keys.begin(); a != set.keys.end(); ++a) {
    const auto b = std::find_if(a + 1, set.keys.end(),
                                [&](const NamedKey& key) { return same_key(a->value, key.value); });
    if (b != set.keys.end())
      out.push_back({fmt::format("keys '{}' version {} and '{}' version {} are equal", a->name, a->version,
                                 b->name, b->version),
                     "make one of them anew: each key has a value of its own"});
  }
}

}  // namespace

Faults check_set(const KeySet& set) {
  Faults out;
  for (const auto find :
       {find_missing, find_gaps, find_wrong_owners, find_wrong_levels, find_weak, find_equal})
    find(set, out);
  return out;
}

}  // namespace ssc::keys::hierarchy
