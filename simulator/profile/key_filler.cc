#include "simulator/profile/key_filler.h"

#include <fmt/format.h>

#include <algorithm>

namespace ssc::simulator::profile {
namespace {

constexpr unsigned kVersions = 3;  // key groups (Part 9 app. B)

Purpose purpose_of(keys::Purpose purpose) {
  switch (purpose) {
    case keys::Purpose::kInternalAuthentication:
      return Purpose::kInternalAuthentication;
    case keys::Purpose::kCommandMac:
      return Purpose::kSecureMessaging;
    case keys::Purpose::kUpdate:
    case keys::Purpose::kRead:
      return Purpose::kExternalAuthentication;
    case keys::Purpose::kBlockCard:
      return Purpose::kBlockCard;
    case keys::Purpose::kBlockApplication:
      return Purpose::kBlockApplication;
    case keys::Purpose::kUnblockPin:
      return Purpose::kUnblockPin;
    case keys::Purpose::kStartingDay:
      return Purpose::kStartingDay;
    case keys::Purpose::kLoad:
      return Purpose::kLoad;
    case keys::Purpose::kPurchase:
      return Purpose::kPurchase;
    case keys::Purpose::kTac:
      return Purpose::kTac;
    case keys::Purpose::kMaster:
      return Purpose::kMaster;
  }
  return Purpose::kMaster;
}

const Df& environment_of(const CardModel& model, const Df& df) {
  return df.is_application ? environment_of(model, *model.find_df(*df.parent)) : df;
}

const keys::KeySet* set_of(const CardModel& model, const KeySets& sets, const Df& df) {
  const auto it = std::ranges::find(sets, environment_of(model, df).id, &KeySets::value_type::first);
  return it == sets.end() ? nullptr : &it->second;
}

KeyEntry card_entry(const KeyRequest& request, const keys::KeySet& set, const keys::NamedKey& key,
                    const std::string& area, const Bytes& historical) {
  KeyEntry entry;
  entry.name = request.name;
  entry.purpose = purpose_of(key.purpose);
  entry.id = request.id.value_or(key.id);
  entry.version = key.version;
  entry.tries = request.tries;
  entry.assumed = request.assumed;
  entry.value = keys::card_key(set, key, area, historical);
  return entry;
}

tl::expected<void, std::string> add_requested(const KeyRequest& request, const keys::KeySet& set,
                                              const CardModel& model, Df& df) {
  bool found = false;
  for (unsigned version = 1; version <= kVersions; ++version) {
    const keys::NamedKey* key = set.find(request.name, version);
    if (key == nullptr) continue;
    if (!keys::serves(set, *key, model.area)) {
      return tl::unexpected(fmt::format("key {} of key set {} is of area {}, the card of {}", key->name,
                                        set.name, set.area, model.area));
    }
    df.keys.push_back(card_entry(request, set, *key, model.area, model.historical));
    found = true;
  }
  if (found || request.optional) return {};
  return tl::unexpected(fmt::format("key set {} has no key {}", set.name, request.name));
}

KeyEntry psam_entry(const keys::NamedKey& key) {
  KeyEntry entry;
  entry.name = key.name;
  entry.version = key.version;
  entry.value = key.value;
  entry.tries = 0;
  return entry;
}

bool takes(const Ef& file, std::uint8_t id) {
  return file.type == FileType::kKey && std::ranges::any_of(file.key_ids, [id](const IdRange& range) {
           return range.first <= id && id <= range.last;
         });
}

// The key file of the id's owner (Part 9 app. A); the purchase key, whose id is its version, is national.
std::uint16_t key_file(const Df& df, const KeyEntry& key, bool by_version) {
  const auto file = std::ranges::find_if(
      df.files, [&](const Ef& ef) { return by_version ? ef.type == FileType::kKey : takes(ef, key.id); });
  return file == df.files.end() ? std::uint16_t{0} : file->fid;
}

// The roots of what terminals need, all groups of each. The id of the purchase key is its version (Part 9
// §6.3).
void add_psam_roots(const keys::KeySet& set, Df& df) {
  for (const keys::NamedKey& key : set.keys) {
    if (key.psam_usage == 0) continue;
    const bool by_version = key.purpose == keys::Purpose::kPurchase;
    KeyEntry entry = psam_entry(key);
    entry.purpose = Purpose::kPsam;
    entry.usage = key.psam_usage;
    entry.id = by_version ? key.version : key.psam_id;
    entry.file = key_file(df, entry, by_version);
    df.keys.push_back(std::move(entry));
  }
}

// The PSAM's own keys: the master key under 00, KID-01 to KID-03 (Part 9 §5).
void add_psam_own(const keys::KeySet& set, std::string_view application, Df& df) {
  constexpr std::uint8_t kTries = 15;
  for (const keys::NamedKey& key : set.keys) {
    if (key.application != application || key.version != 1) continue;
    KeyEntry entry = psam_entry(key);
    entry.purpose = key.id == 0 ? Purpose::kMaster : Purpose::kExternalAuthentication;
    entry.id = key.id;
    entry.tries = kTries;
    df.keys.push_back(std::move(entry));
  }
}

}  // namespace

tl::expected<void, std::string> fill_keys(const Profile& profile, const KeySets& sets, CardModel& model) {
  for (std::size_t i = 0; i < model.dfs.size(); ++i) {
    Df& df = model.dfs[i];
    const keys::KeySet* set = set_of(model, sets, df);
    if (set == nullptr) continue;
    for (const KeyRequest& request : profile.keys[i]) {
      if (auto added = add_requested(request, *set, model, df); !added) return added;
    }
    if (model.kind == Kind::kPsam) add_psam_own(*set, df.is_application ? "PSAM DF01" : "PSAM DDF", df);
    if (profile.takes_psam_keys[i]) add_psam_roots(*set, df);
  }
  return {};
}

std::optional<std::string> find_key_clash(const CardModel& model) {
  const auto authenticates = [](const KeyEntry& key) {
    return key.purpose != Purpose::kPsam && key.purpose != Purpose::kCarried &&
           key.purpose != Purpose::kLoad && key.purpose != Purpose::kPurchase &&
           key.purpose != Purpose::kTac && !(key.assumed && key.id == 0);
  };
  for (const Df& df : model.dfs) {
    for (auto a = df.keys.begin(); a != df.keys.end(); ++a) {
      const auto b = std::find_if(a + 1, df.keys.end(), [&](const KeyEntry& other) {
        return authenticates(*a) && authenticates(other) && a->id == other.id && a->version == other.version;
      });
      if (b == df.keys.end()) continue;
      return fmt::format("keys {} and {} of {} both have id {:02X} and version {}", a->name, b->name, df.id,
                         a->id, a->version);
    }
  }
  return std::nullopt;
}

std::optional<std::string> find_full_key_file(const CardModel& model) {
  for (const Df& df : model.dfs) {
    for (const Ef& ef : df.files) {
      if (ef.type != FileType::kKey) continue;
      const auto count = std::ranges::count(df.keys, ef.fid, &KeyEntry::file);
      if (count > ef.max_records)
        return fmt::format("EF {:04X} of {} takes {} keys, the key set has {}", ef.fid, df.id, ef.max_records,
                           count);
    }
  }
  return std::nullopt;
}

}  // namespace ssc::simulator::profile
