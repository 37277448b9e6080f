#include <fmt/format.h>

#include "keys/key_set_attributes.h"
#include "keys/key_set_words.h"

namespace ssc::keys {
namespace {

using xml::Element;

// The owner's level, or the set's where that is further down.
Level level_of(std::optional<Level> owner, const KeySet& set, Level root_level) {
  return std::max(owner.value_or(root_level), set.level.value_or(Level::kNational));
}

void set_psam_place(NamedKey& key, std::uint8_t type, std::uint8_t id) {
  if (type == 0) return;
  key.psam_usage = static_cast<std::uint8_t>(levels_to_card(key.level) << 5 | type);
  key.psam_id = id == 0 ? key.version : id;
}

// Part 9 app. B: what is blank there the province decides, and may leave to a city.
Done override_owner(NamedKey& key, const KeyName& row, const KeySet& set, const Element& at) {
  const auto text = at.attribute("owner");
  if (!text) return {};
  const Level owner = value_of(kLevelWords, *text);
  const bool may =
      !row.level || owner == *row.level || (*row.level == Level::kProvince && owner == Level::kCity);
  if (!may) {
    return fail(at,
                fmt::format("key '{}' is the {}'s, not the {}'s", key.name, owner_word(*row.level),
                            owner_word(owner)),
                "remove owner");
  }
  key.owner = owner;
  key.level = level_of(owner, set, owner);
  set_psam_place(key, row.psam_type, row.psam_id);
  return {};
}

Done override_usage(NamedKey& key, const Element& at, std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) {
    return fail(at, fmt::format("usage: '{}' names no id", text),
                "write usage byte and PSAM id, as in 48/42");
  }
  const auto usage = byte_attribute(at, "usage", text.substr(0, slash));
  if (!usage) return tl::unexpected(usage.error());
  const auto id = byte_attribute(at, "usage", text.substr(slash + 1));
  if (!id) return tl::unexpected(id.error());
  if (*usage >> 5 != static_cast<int>(levels_to_card(key.level))) {
    return fail(at,
                fmt::format("usage {:02X} stands for {} levels, but a {} root has {} below it", *usage,
                            *usage >> 5, word(key.level), levels_to_card(key.level)),
                "change usage or level");
  }
  key.psam_usage = *usage;
  key.psam_id = *id;
  return {};
}

// level, id and usage where the file gives them.
Done override_places(NamedKey& key, const KeyName& row, const Element& at) {
  if (const auto level = at.attribute("level")) {
    key.level = value_of(kLevelWords, *level);
    set_psam_place(key, row.psam_type, row.psam_id);
  }
  if (const auto text = at.attribute("id")) {
    const auto id = byte_attribute(at, "id", *text);
    if (!id) return tl::unexpected(id.error());
    key.id = *id;
    key.id_known = true;
  }
  const auto usage = at.attribute("usage");
  return usage ? override_usage(key, at, *usage) : Done();
}

}  // namespace

NamedKey named_by(const KeyName& row, const KeySet& set, std::uint8_t version, Level root_level) {
  NamedKey key;
  key.name = row.name;
  key.application = row.application;
  key.purpose = row.purpose;
  key.owner = row.level;
  key.id = row.id.value_or(0);
  key.id_known = row.id.has_value();
  key.version = version;
  key.level = level_of(row.level, set, root_level);
  set_psam_place(key, row.psam_type, row.psam_id);
  return key;
}

apdu::Loaded<NamedKey> read_place(const Element& at, const KeyName& row, const KeySet& set,
                                  Level root_level) {
  NamedKey key = named_by(row, set, digit(at.attribute_or("version", "1")), root_level);
  if (Done done = override_owner(key, row, set, at); !done) return tl::unexpected(done.error());
  if (Done done = override_places(key, row, at); !done) return tl::unexpected(done.error());
  return key;
}

}  // namespace ssc::keys
