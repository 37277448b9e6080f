#include "keys/hierarchy/planned_keys.h"

#include <algorithm>

#include "keys/extended_key.h"
#include "keys/key_set_attributes.h"

namespace ssc::keys::hierarchy {
namespace {

bool makes(Maker maker, const KeyName& row) {
  switch (maker) {
    case Maker::kMinistry:
      return row.level == Level::kNational;
    case Maker::kProvince:
      return row.level == Level::kProvince;
    case Maker::kIssuer:
      return !row.level || row.level == Level::kCard;
  }
  return false;
}

std::size_t size_under_des(const KeySet& set, const NamedKey& key) {
  constexpr std::size_t kUsual = 16;
  if (const KeyName* row = find_key_name(key.name, set.structures))
    return row->des_size == 0 ? kUsual : row->des_size;
  const auto extended = parse_extended_key(key.name);
  return extended ? extended->des_size : kUsual;
}

}  // namespace

std::vector<NamedKey> planned_keys(const KeySet& set, Maker maker, unsigned groups) {
  std::vector<NamedKey> planned;
  for (const KeyName& row : key_names()) {
    if (!row.structures.meets(set.structures) || !makes(maker, row)) continue;
    for (unsigned version = 1; version <= std::min<unsigned>(groups, row.groups); ++version)
      planned.push_back(named_by(row, set, static_cast<std::uint8_t>(version), Level::kNational));
  }
  return planned;
}

bool is_key_name(const KeySet& set, std::string_view name) {
  return find_key_name(name, set.structures) != nullptr || parse_extended_key(name).has_value();
}

std::size_t value_size(const KeySet& set, const NamedKey& key) {
  return set.cipher == Cipher::kDes ? size_under_des(set, key) : 16;
}

unsigned groups_of(const KeySet& set) {
  unsigned groups = 1;
  for (const NamedKey& key : set.keys) groups = std::max<unsigned>(groups, key.version);
  return groups;
}

}  // namespace ssc::keys::hierarchy
