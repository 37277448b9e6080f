#include "keys/hierarchy/rekey.h"

#include <fmt/format.h>

#include <algorithm>

namespace ssc::keys::hierarchy {
namespace {

constexpr unsigned kGroups = 3;

unsigned groups_foreseen(const KeySet& set, const NamedKey& key) {
  const KeyName* row = find_key_name(key.name, set.structures);
  if (row != nullptr) return row->groups;
  const bool one = key.purpose == Purpose::kCommandMac || key.purpose == Purpose::kBlockApplication;
  return one ? 1 : kGroups;
}

bool rolls_over(const KeySet& set, const NamedKey& key) {
  const bool own = !set.level || key.owner == set.level;
  return own && groups_foreseen(set, key) > 1;
}

unsigned newest(const KeySet& set, std::string_view name) {
  unsigned version = 0;
  for (const NamedKey& key : set.keys) {
    if (key.name == name) version = std::max<unsigned>(version, key.version);
  }
  return version;
}

}  // namespace

Ruled<std::vector<NamedKey>> next_group(const KeySet& set) {
  std::vector<NamedKey> next;
  for (const NamedKey& key : set.keys) {
    if (!rolls_over(set, key) || key.version != newest(set, key.name)) continue;
    if (key.version == kGroups) {
      return refuse(fmt::format("key '{}' of key set '{}' has all {} groups", key.name, set.name, kGroups),
                    "there is no fourth: begin a new set for the cards to come");
    }
    NamedKey made = key;
    made.version = static_cast<std::uint8_t>(key.version + 1);
    made.value = Key();
    if (made.purpose == Purpose::kPurchase) made.psam_id = made.version;
    next.push_back(std::move(made));
  }
  if (next.empty())
    return refuse(fmt::format("key set '{}' has no keys of its own with groups", set.name),
                  "'ssc keys derive --update' takes in what came down");
  return next;
}

}  // namespace ssc::keys::hierarchy
