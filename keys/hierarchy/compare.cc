#include "keys/hierarchy/compare.h"

#include "keys/hierarchy/weak_keys.h"
#include "keys/standard.h"

namespace ssc::keys::hierarchy {
namespace {

ComparedKey compare(const NamedKey& a, const NamedKey* b) {
  ComparedKey out{a.name, a.version, Likeness::kOnlyInFirst, check_value(a.value), {}};
  if (b == nullptr) return out;
  out.second = check_value(b->value);
  if (a.level != b->level)
    out.likeness = Likeness::kDifferentLevel;
  else
    out.likeness = same_key(a.value, b->value) ? Likeness::kSame : Likeness::kDifferent;
  return out;
}

}  // namespace

std::vector<ComparedKey> compare_sets(const KeySet& first, const KeySet& second) {
  std::vector<ComparedKey> out;
  for (const NamedKey& key : first.keys) out.push_back(compare(key, second.find(key.name, key.version)));
  for (const NamedKey& key : second.keys) {
    if (first.find(key.name, key.version) != nullptr) continue;
    out.push_back({key.name, key.version, Likeness::kOnlyInSecond, {}, check_value(key.value)});
  }
  return out;
}

}  // namespace ssc::keys::hierarchy
