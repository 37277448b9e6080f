#include "keys/hierarchy/place.h"

#include <fmt/format.h>

#include "keys/extended_key.h"
#include "keys/key_set_attributes.h"

namespace ssc::keys::hierarchy {
namespace {

constexpr std::uint8_t kTypeBits = 0x1F;

Ruled<NamedKey> key_of_added_file(const KeySet& set, const KeyWish& wish) {
  const auto extended = parse_extended_key(wish.name);
  if (!extended) {
    return refuse(fmt::format("'{}' is no key of the set's structures, and none of an added file: {}",
                              wish.name, extended.error()),
                  "write UK1DF01, or UK1DF0A for an added directory (Part 6 §6.7)");
  }
  if (!wish.owner || !wish.id)
    return refuse(fmt::format("key '{}' is of an added file", wish.name),
                  "say its owner and its id on the card");
  const KeyName row{wish.name,
                    "",
                    extended->application,
                    set.structures,
                    std::nullopt,
                    extended->purpose,
                    extended->des_size,
                    3,
                    wish.owner,
                    0,
                    0};
  return named_by(row, set, wish.version, *wish.owner);
}

Ruled<NamedKey> named(const KeySet& set, const KeyWish& wish) {
  const KeyName* row = find_key_name(wish.name, set.structures);
  if (row == nullptr) return key_of_added_file(set, wish);
  NamedKey key = named_by(*row, set, wish.version, set.level.value_or(Level::kNational));
  if (wish.version > row->groups)
    return refuse(fmt::format("key '{}' has {} group(s)", key.name, row->groups), "give a version it has");
  if (!wish.owner || key.owner == wish.owner) return key;
  const bool may = !key.owner || (key.owner == Level::kProvince && wish.owner == Level::kCity);
  if (!may)
    return refuse(fmt::format("key '{}' is the {}'s", key.name, owner_word(*key.owner)),
                  "leave its owner out");
  key.owner = wish.owner;
  return key;
}

void set_ids(const KeyWish& wish, NamedKey& key) {
  if (wish.id) {
    key.id = *wish.id;
    key.id_known = true;
  }
  if (wish.usage)
    key.psam_usage = static_cast<std::uint8_t>(levels_to_card(key.level) << 5 | (*wish.usage & kTypeBits));
  if (wish.psam_id) key.psam_id = *wish.psam_id;
}

Ruled<void> check_owner(const KeySet& set, const NamedKey& key) {
  const bool has_owner = set.level && key.owner && *key.owner != Level::kCard;
  if (!has_owner || *key.owner == *set.level) return {};
  return refuse(fmt::format("key '{}' is the {}'s, and key set '{}' the {}'s", key.name,
                            owner_word(*key.owner), set.name, owner_word(*set.level)),
                *key.owner < *set.level ? "it comes down: 'ssc keys derive --update' takes it in"
                                        : "its owner adds it to a set of its own");
}

Ruled<void> check_ids(const KeySet& set, const KeyWish& wish, const NamedKey& key) {
  const KeyName* row = find_key_name(key.name, set.structures);
  if (row == nullptr) {
    if (auto fault = card_id_fault(key)) return tl::unexpected(*std::move(fault));
  }
  if (row == nullptr || wish.psam_id) {
    if (auto fault = psam_id_fault(key)) return tl::unexpected(*std::move(fault));
  }
  return {};
}

bool same_psam_place(const NamedKey& a, const NamedKey& b) {
  const auto by_version = [](const NamedKey& key) { return key.purpose == Purpose::kPurchase; };
  return a.psam_usage != 0 && b.psam_usage != 0 && !by_version(a) && !by_version(b) && a.psam_id == b.psam_id;
}

Ruled<void> check_clashes(const KeySet& set, const NamedKey& key) {
  for (const NamedKey& other : set.keys) {
    if (other.name == key.name && other.version == key.version)
      return refuse(fmt::format("key set '{}' has key '{}' version {}", set.name, key.name, key.version),
                    "'ssc keys rekey' makes its next version");
    if (other.name == key.name) continue;
    if (other.application == key.application && other.id_known && key.id_known && other.id == key.id)
      return refuse(fmt::format("id {:02X} in {} is key '{}' already", key.id, key.application, other.name),
                    "give another id");
    if (same_psam_place(other, key))
      return refuse(fmt::format("PSAM id {:02X} is key '{}' already", key.psam_id, other.name),
                    "give another id");
  }
  return {};
}

}  // namespace

Ruled<NamedKey> place_key(const KeySet& set, const KeyWish& wish) {
  auto key = named(set, wish);
  if (!key) return key;
  set_ids(wish, *key);
  if (auto checked = check_owner(set, *key); !checked) return tl::unexpected(checked.error());
  if (auto checked = check_ids(set, wish, *key); !checked) return tl::unexpected(checked.error());
  if (auto checked = check_clashes(set, *key); !checked) return tl::unexpected(checked.error());
  return key;
}

}  // namespace ssc::keys::hierarchy
