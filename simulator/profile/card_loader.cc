// Card files (schema simulator/profiles/card.xsd): a profile, a key set, and what is different about this
// card.
#include <fmt/format.h>

#include <algorithm>

#include "apdu/atr.h"
#include "apdu/hex.h"
#include "apdu/text/bcd.h"
#include "keys/digest.h"
#include "simulator/profile/card_carrier.h"
#include "simulator/profile/card_contents.h"
#include "simulator/profile/card_medical.h"
#include "simulator/profile/card_pin.h"
#include "simulator/profile/card_use.h"
#include "simulator/profile/key_filler.h"
#include "simulator/profile/profile_loader.h"
#include "simulator/profile/values.h"

namespace ssc::simulator::profile {
namespace {

using apdu::Loaded;
using xml::Element;

constexpr std::uint8_t kVersionItem = 0x03;
constexpr std::size_t kHistoricalBytes = 13;  // Part 2 t.16

std::string name_of(const Element& element, std::string_view attribute) {
  return std::string(element.attribute_or(attribute, ""));
}

// ---- ATR and PIN ----

Loaded<void> apply_atr(const Element& element, CardModel& model) {
  const bool whole = element.attribute("hex").has_value();
  const auto bytes = apdu::parse_hex(element.attribute_or(whole ? "hex" : "historical", ""));
  if (!bytes) return tl::unexpected(element.error("atr: " + bytes.error().what));
  const auto atr = whole ? tl::expected<Bytes, apdu::AtrError>(*bytes) : apdu::build_atr(*bytes);
  if (!atr)
    return tl::unexpected(element.error("atr: " + atr.error().what, "give the 13 historical bytes T1 to TD"));
  const auto parsed = apdu::parse_atr(*atr);
  if (!parsed) return tl::unexpected(element.error("atr: " + parsed.error().what));
  if (model.kind == Kind::kCard && parsed->historical.size() != kHistoricalBytes)
    return tl::unexpected(element.error(fmt::format(
        "atr: {} historical bytes; keys are diversified by the last 8 of 13", parsed->historical.size())));
  model.atr = *atr;
  model.historical = parsed->historical;
  return {};
}

Loaded<void> apply_pin(const Element& element, CardModel& model) {
  if (const auto tries = element.attribute("tries"))
    model.pin.tries = static_cast<std::uint8_t>(std::stoul(std::string(*tries)));
  auto left = tries_left(element, model.pin.tries);
  if (!left) return tl::unexpected(left.error());
  model.pin.tries_left = *left;
  const auto digits = element.attribute("value");
  if (!digits) return {};
  constexpr std::size_t kFewest = 4;
  constexpr std::size_t kMost = 16;
  const auto value = apdu::encode_bcd(*digits);
  const bool fits = digits->empty() || (digits->size() >= kFewest && digits->size() <= kMost);
  if (!value || !fits)
    return tl::unexpected(element.error("the PIN is not 4 to 16 digits",
                                        "write digits, or value=\"\" for a card without a PIN"));
  model.pin.value = *value;
  return {};
}

// ---- applications ----

Loaded<void> apply_fci(const Element& element, CardModel& model) {
  const auto df = std::ranges::find(model.dfs, name_of(element, "df"), &Df::id);
  if (df == model.dfs.end())
    return tl::unexpected(element.error("profile " + model.profile + " has no DF " + name_of(element, "df")));
  const auto bytes = apdu::parse_hex(*element.attribute("hex"));
  if (!bytes) return tl::unexpected(element.error("fci: " + bytes.error().what));
  df->fci = *bytes;
  return {};
}

// ---- keys ----

// `only`: a DF's id; empty: in every DF.
std::vector<KeyEntry*> keys_named(CardModel& model, const std::string& name, const std::string& only) {
  std::vector<KeyEntry*> out;
  for (Df& df : model.dfs) {
    if (!only.empty() && df.id != only) continue;
    for (KeyEntry& key : df.keys) {
      if (key.name == name) out.push_back(&key);
    }
  }
  return out;
}

// The only clear keys are test keys.
Loaded<void> check_clear(const Element& element, const CardModel& model) {
  if (model.lab) return {};
  return tl::unexpected(
      element.error("a clear key value on a card whose key set " + model.key_set + " is no lab set",
                    "take the key from the set"));
}

Loaded<void> set_key_value(const Element& element, KeyEntry& key) {
  const auto bytes = apdu::parse_hex(*element.attribute("value"));
  if (!bytes) return tl::unexpected(element.error("key " + key.name + ": " + bytes.error().what));
  if (bytes->size() != key.value.size()) {
    return tl::unexpected(
        element.error(fmt::format("key {}: {} bytes, it has {}", key.name, bytes->size(), key.value.size())));
  }
  key.value = keys::Key(key.value.cipher(), *bytes);
  return {};
}

Loaded<void> apply_key(const Element& element, CardModel& model) {
  const std::string name(keys::canonical_key_name(name_of(element, "name")));
  const auto version = element.attribute("version");
  std::size_t found = 0;
  for (KeyEntry* key : keys_named(model, name, name_of(element, "df"))) {
    if (version && std::to_string(key->version) != *version) continue;
    ++found;
    if (element.attribute("id")) key->id = static_cast<std::uint8_t>(hex_number(element, "id"));
    if (const auto tries = element.attribute("tries"))
      key->tries = static_cast<std::uint8_t>(std::stoul(std::string(*tries)));
    auto left = tries_left(element, key->tries);
    if (!left) return tl::unexpected(left.error());
    if (*left) key->tries_left = *left;
    if (!element.attribute("value")) continue;
    if (auto allowed = check_clear(element, model); !allowed) return allowed;
    if (auto set = set_key_value(element, *key); !set) return set;
  }
  if (found > 0) return {};
  const std::string which = version ? " version " + std::string(*version) : "";
  return tl::unexpected(element.error("the card has no key " + name + which,
                                      "profile " + model.profile + " and the key set say which there are"));
}

Loaded<void> apply_transport_key(const Element& element, CardModel& model) {
  if (auto allowed = check_clear(element, model); !allowed) return allowed;
  constexpr std::size_t kSize = 16;
  const auto bytes = apdu::parse_hex(*element.attribute("value"));
  if (!bytes) return tl::unexpected(element.error("transport-key: " + bytes.error().what));
  if (bytes->size() != kSize)
    return tl::unexpected(element.error(fmt::format("transport-key: {} bytes, it has 16", bytes->size())));
  const bool is_blank = model.dfs.size() == 1 && model.dfs[0].files.empty() && model.dfs[0].keys.empty();
  if (!is_blank)
    return tl::unexpected(
        element.error("profile " + model.profile + " has files and keys; a blank card has none",
                      "write profile=\"blank\", or remove <transport-key>"));
  model.transport_key = keys::Key(model.cipher, *bytes);
  return {};
}

// ---- settings ----

Loaded<void> apply_t0(const Element& element, CardModel& model) {
  const auto presentation = element.attribute_or("presentation", "direct");
  const auto le = element.attribute_or("le", "strict");
  model.t0.presentation = presentation == "raw" ? Presentation::kRaw : Presentation::kDirect;
  model.t0.le = le == "lenient" ? LeRule::kLenient : le == "zero-all" ? LeRule::kZeroAll : LeRule::kStrict;
  model.t0.cipher_data_direct = element.attribute("cipher-data").has_value();
  return {};
}

Loaded<void> apply_select(const Element& element, CardModel& model) {
  model.select_ef_by_p1_00 = element.attribute("ef-by-p1-00") == "yes";
  model.ssse_has_name = element.attribute("ssse-name") != "no";
  return {};
}

Loaded<void> apply_authentication(const Element& element, CardModel& model) {
  model.takes_last_two_randoms = element.attribute("randoms") == "last-two";
  model.key_zero_is_last_refused = element.attribute("key-00") == "last-refused";
  return {};
}

Loaded<void> apply_purchase(const Element& element, CardModel& model) {
  model.wrong_mac2_is_9302 = element.attribute("wrong-mac2") == "9302";
  return {};
}

Loaded<void> apply_memory(const Element& element, CardModel& model) {
  model.memory_writes = static_cast<std::uint16_t>(std::stoul(name_of(element, "writes")));
  return {};
}

struct Setter {
  std::string_view element;
  Loaded<void> (*apply)(const Element&, CardModel&);
};
// The ATR first, since keys are diversified by it, and the length of the log before its records; keys once
// they are filled in.
constexpr Setter kBeforeKeys[] = {{"atr", apply_atr}, {"medical", apply_medical}};
constexpr Setter kAfterKeys[] = {{"pin", apply_pin},
                                 {"record", apply_record},
                                 {"binary", apply_binary},
                                 {"fci", apply_fci},
                                 {"key", apply_key},
                                 {"t0", apply_t0},
                                 {"transport-key", apply_transport_key},
                                 {"select", apply_select},
                                 {"authentication", apply_authentication},
                                 {"purchase", apply_purchase},
                                 {"blocked", apply_blocked},
                                 {"memory", apply_memory}};

Loaded<void> apply(std::span<const Setter> setters, const Element& root, CardModel& model) {
  for (const Element& element : root.children()) {
    const auto setter = std::ranges::find(setters, element.name(), &Setter::element);
    if (setter == setters.end()) continue;
    if (auto applied = setter->apply(element, model); !applied) return applied;
  }
  return {};
}

// ---- putting it together ----

// "sets/mine.xml" beside the card file wins over the same path from the working folder and over a built-in
// name.
std::string beside(const Element& element, const std::string& name) {
  const std::size_t slash = element.file().rfind('/');
  if (slash == std::string::npos || !name.ends_with(".xml") || name.starts_with('/')) return name;
  return element.file().substr(0, slash + 1) + name;
}

// Which key sets a card takes in the place of its own, and what opens them.
struct KeySource {
  std::string_view override_name;
  const keys::storage::Access& access;
};

std::string key_set_name(const Element& element, std::string_view override_name) {
  return override_name.empty() ? beside(element, name_of(element, "key-set")) : std::string(override_name);
}

Loaded<keys::KeySet> key_set_of(const Element& element, const KeySource& source) {
  const std::string name = key_set_name(element, source.override_name);
  if (name.empty())
    return tl::unexpected(element.error("no key set", "add key-set=\"lab-990100-des\" or another"));
  return keys::load_key_set(name, source.access);
}

Loaded<KeySets> key_sets_of(const Element& root, const KeySource& source, CardModel& model) {
  KeySets sets;
  for (const Element& element : root.children("environment")) {
    const std::string df = name_of(element, "df");
    if (model.find_df(df) == nullptr)
      return tl::unexpected(element.error("profile " + model.profile + " has no DF " + df));
    auto set = key_set_of(element, {{}, source.access});
    if (!set) return tl::unexpected(set.error());
    if (element.attribute("working-keys") == "no")
      std::erase_if(set->keys, [](const keys::NamedKey& key) { return key.psam_usage != 0; });
    if (sets.empty()) model.key_set_source = key_set_name(element, {});
    sets.emplace_back(df, *std::move(set));
  }
  if (!sets.empty() && source.override_name.empty()) return sets;
  auto set = key_set_of(root, source);
  if (!set) return tl::unexpected(set.error());
  if (sets.empty()) model.key_set_source = key_set_name(root, source.override_name);
  sets.emplace_back(model.dfs.front().id, *std::move(set));
  return sets;
}

Loaded<void> check_cipher(const Element& root, const keys::KeySet& set) {
  const auto wanted = root.attribute("cipher");
  if (wanted == "SSF33")
    return tl::unexpected(root.error("SSF33 is a secret cipher, not available here", "use DES or SM4"));
  if (!wanted || *wanted == keys::name(set.cipher)) return {};
  return tl::unexpected(root.error(fmt::format("the card's cipher is {} but key set {} is for {}", *wanted,
                                               set.name, keys::name(set.cipher)),
                                   "make them agree"));
}

// The area stands in the key set, unless that serves more than one.
Loaded<std::string> area_of(const Element& root, const keys::KeySet& set, Kind kind) {
  if (const auto area = root.attribute("area")) return std::string(*area);
  const bool wide = set.level == keys::Level::kNational || set.level == keys::Level::kProvince;
  if (kind == Kind::kPsam || !wide) return set.area;
  return tl::unexpected(root.error(fmt::format("key set {} serves more than one area", set.name),
                                   "add the card's: area=\"990100\" or another"));
}

std::string digest_of(const std::string& card, const Profile& profile, const CardModel& model) {
  std::string all = card + profile.source;
  for (const Df& df : model.dfs) {
    for (const KeyEntry& key : df.keys) all += key.name + apdu::to_hex(key.value.reveal());
  }
  return apdu::to_hex(keys::sm3(all));
}

void set_version_item(const Element& root, CardModel& model) {
  const auto version = root.attribute("version");
  Ef* issuer = find_file(model, "SSSE/EF05");
  if (!version || issuer == nullptr) return;
  for (const Item& item : issuer->items) {
    if (item.tag != kVersionItem) continue;
    if (const auto value = item_value(item, Notation::kText, *version))
      issuer->records[item.record - 1U] = record_of(item, *value);
  }
}

// What lies under a passphrase or a machine is no test key.
bool is_lab(const Element& root) {
  const auto storage = root.child("storage");
  return !storage || storage->attribute("guard") == "lab";
}

// A key carrier: its key set, when it has one, is what it carries.
Loaded<void> fill_carrier(const Element& root, const KeySource& source, CardModel& model) {
  std::optional<keys::KeySet> set;
  if (!key_set_name(root, source.override_name).empty()) {
    auto loaded = key_set_of(root, source);
    if (!loaded) return tl::unexpected(loaded.error());
    if (auto fits = check_cipher(root, *loaded); !fits) return fits;
    model.key_set = loaded->name;
    model.key_set_source = key_set_name(root, source.override_name);
    model.lab = loaded->lab;
    set = *std::move(loaded);
  }
  model.lab = model.lab && is_lab(root);
  const auto area = root.attribute("area");
  if (!area)
    return tl::unexpected(root.error("no area", "add the carrier's: area=\"000000\", \"990000\", …"));
  model.area = *area;
  model.cipher = set                                 ? set->cipher
                 : root.attribute("cipher") == "SM4" ? keys::Cipher::kSm4
                                                     : keys::Cipher::kDes;
  for (Df& df : model.dfs) df.cipher = model.cipher;
  return apply_carrier(root, set ? &*set : nullptr, source.access, model);
}

// A PSAM without a key set: its own keys stand in its file, the others come by CREATE KEY.
Loaded<void> fill_new_psam(const Element& root, const KeySource& source, CardModel& model) {
  model.cipher = root.attribute("cipher") == "DES" ? keys::Cipher::kDes : keys::Cipher::kSm4;
  model.lab = is_lab(root);
  const auto area = root.attribute("area");
  if (!area) return tl::unexpected(root.error("no area", "add the PSAM's: area=\"990100\" or another"));
  model.area = *area;
  return apply_own_keys(root, source.access, model);
}

Loaded<void> fill_card(const Element& root, const Profile& profile, const KeySource& source,
                       CardModel& model) {
  if (model.kind == Kind::kPsam && !root.children("own-key").empty() && root.children("environment").empty())
    return fill_new_psam(root, source, model);
  const auto sets = key_sets_of(root, source, model);
  if (!sets) return tl::unexpected(sets.error());
  const keys::KeySet& main_set = sets->front().second;
  if (auto fits = check_cipher(root, main_set); !fits) return fits;
  model.key_set = main_set.name;
  model.lab = std::ranges::all_of(*sets, [](const auto& entry) { return entry.second.lab; });
  auto area = area_of(root, main_set, model.kind);
  if (!area) return tl::unexpected(area.error());
  model.area = *std::move(area);
  model.cipher = main_set.cipher;
  for (const auto& [df, set] : *sets) std::ranges::find(model.dfs, df, &Df::id)->cipher = set.cipher;
  if (auto filled = fill_keys(profile, *sets, model); !filled)
    return tl::unexpected(root.error(filled.error()));
  keep_version(root, model);
  set_version_item(root, model);
  return {};
}

Loaded<void> complete(const Element& root, const Profile& profile, const KeySource& source,
                      CardModel& model) {
  if (auto applied = apply(kBeforeKeys, root, model); !applied) return applied;
  if (model.atr.empty())
    return tl::unexpected(root.error("no ATR", "add <atr historical=\"…\"/> with 13 bytes"));
  const bool carrier = model.kind == Kind::kCarrier;
  if (auto filled = carrier ? fill_carrier(root, source, model) : fill_card(root, profile, source, model);
      !filled)
    return filled;
  if (const auto full = find_full_key_file(model))
    return tl::unexpected(
        root.error(*full, "write working-keys=\"no\" in <environment>, or take a larger profile"));
  if (auto applied = apply(kAfterKeys, root, model); !applied) return applied;
  if (auto opened = open_sealed_pin(root, source.access, model); !opened) return opened;
  if (const auto clash = find_key_clash(model))
    return tl::unexpected(root.error(*clash, "give one of them another id"));
  return {};
}

// The built-in files that are cards, not profiles or schemas.
const std::vector<apdu::EmbeddedFile>& card_files() {
  static const std::vector<apdu::EmbeddedFile> cards = [] {
    std::vector<apdu::EmbeddedFile> found;
    std::ranges::copy_if(built_in_files(), std::back_inserter(found), [](const apdu::EmbeddedFile& file) {
      return file.name.ends_with(".xml") && file.text.find("urn:ssc:card:1") != std::string_view::npos;
    });
    return found;
  }();
  return cards;
}

}  // namespace

Loaded<CardModel> load_card(std::string_view path_or_name, std::string_view key_set,
                            const keys::storage::Access& access) {
  const auto source = xml::find_source(path_or_name, card_files());
  if (!source) return tl::unexpected(source.error());
  const auto root = xml::load(*source, card_schema());
  if (!root) return tl::unexpected(root.error());
  auto profile = load_profile(beside(*root, name_of(*root, "profile")));
  if (!profile) return tl::unexpected(root->error("profile: " + profile.error().to_string()));
  CardModel model = profile->model;
  model.name = name_of(*root, "name");
  if (auto done = complete(*root, *profile, {key_set, access}, model); !done)
    return tl::unexpected(done.error());
  model.digest = digest_of(source->text, *profile, model);
  return model;
}

Loaded<CardModel> load_card(std::string_view path_or_name, std::string_view key_set) {
  return load_card(path_or_name, key_set, {});
}

std::vector<std::string> built_in_cards() {
  std::vector<std::string> names;
  for (const apdu::EmbeddedFile& file : card_files())
    names.emplace_back(file.name.substr(0, file.name.size() - 4));
  return names;
}

}  // namespace ssc::simulator::profile
