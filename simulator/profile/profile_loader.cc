#include "simulator/profile/profile_loader.h"

#include <algorithm>
#include <sstream>

#include "apdu/hex.h"
#include "keys/extended_key.h"
#include "simulator/profile/profile_check.h"
#include "simulator/profile/values.h"

namespace ssc::embedded {
extern const ssc::apdu::EmbeddedFile profiles[];
extern const std::size_t profiles_count;
}  // namespace ssc::embedded

namespace ssc::simulator::profile {
namespace {

using apdu::Loaded;
using xml::Element;

xml::Schema compile(std::string_view name) {
  return xml::Schema::compile(xml::find_source(name, built_in_files()).value()).value();
}

const xml::Schema& profile_schema() {
  static const xml::Schema schema = compile("profile.xsd");
  return schema;
}

FileType file_type(std::string_view name) {
  if (name == "linear-fixed") return FileType::kLinearFixed;
  if (name == "linear-var") return FileType::kLinearVariable;
  if (name == "cyclic") return FileType::kCyclic;
  if (name == "internal") return FileType::kInternal;
  return name == "key" ? FileType::kKey : FileType::kTransparent;
}

Kind kind(std::string_view name) {
  if (name == "psam") return Kind::kPsam;
  return name == "carrier" ? Kind::kCarrier : Kind::kCard;
}

Format format(std::string_view name) {
  if (name == "cn") return Format::kCn;
  return name == "an" ? Format::kAn : Format::kB;
}

std::uint8_t decimal(const Element& element, std::string_view attribute) {
  return static_cast<std::uint8_t>(std::stoul(std::string(element.attribute_or(attribute, "0"))));
}

std::optional<keys::Cipher> cipher(const Element& element) {
  const std::string_view name = element.attribute_or("cipher", "");
  for (const keys::Cipher known : {keys::Cipher::kDes, keys::Cipher::kSsf33, keys::Cipher::kSm4}) {
    if (keys::name(known) == name) return known;
  }
  return std::nullopt;
}

Item read_item(const Element& element) {
  Item item;
  item.tag = static_cast<std::uint8_t>(hex_number(element, "tag"));
  item.record = decimal(element, "record");
  item.format = format(element.attribute_or("format", "b"));
  item.length = hex_number(element, "length");
  item.name_zh = element.attribute_or("name-zh", "");
  item.name_en = element.attribute_or("name-en", "");
  for (const Element& inner : element.children("item")) item.inner.push_back(read_item(inner));
  return item;
}

void put_first_contents(Ef& ef, const Element& element) {
  for (const Element& record : element.children("record")) ef.records.push_back(hex_bytes(record, "hex"));
  if (ef.type == FileType::kCyclic || ef.type == FileType::kTransparent) return;
  for (const Item& item : ef.items) ef.records.push_back(record_of(item, empty_value(item)));
}

constexpr keys::Structures kAnyStructure{0xFF};

bool is_term(const std::string& name) {
  return name == "free" || name == "PIN" || keys::find_key_name(name, kAnyStructure) != nullptr ||
         keys::parse_extended_key(name).has_value();
}

Loaded<Access> read_access(const Element& element, std::string_view attribute) {
  auto access = parse_access(element.attribute_or(attribute, ""));
  if (!access) return tl::unexpected(element.error(std::string(attribute) + ": " + access.error()));
  for (const auto& terms : access->alternatives) {
    const auto unknown = std::ranges::find_if_not(terms, is_term);
    if (unknown == terms.end()) continue;
    return tl::unexpected(element.error(std::string(attribute) + ": unknown key name '" + *unknown + "'",
                                        "name a key of the standard, PIN, free or never"));
  }
  return *std::move(access);
}

// "08-0F 20-3F B0"; the schema has checked the digits.
std::vector<IdRange> id_ranges(std::string_view text) {
  std::vector<IdRange> ranges;
  std::istringstream in{std::string(text)};
  for (std::string word; in >> word;) {
    const auto first = static_cast<std::uint8_t>(std::stoul(word.substr(0, 2), nullptr, 16));
    const auto last = static_cast<std::uint8_t>(std::stoul(word.substr(word.size() - 2), nullptr, 16));
    ranges.push_back({first, last});
  }
  return ranges;
}

Loaded<Ef> read_ef(const Element& element) {
  Ef ef;
  ef.fid = hex_number(element, "fid");
  ef.sfi = static_cast<std::uint8_t>(hex_number(element, "sfi"));
  ef.type = file_type(element.attribute_or("type", ""));
  ef.size = hex_number(element, "size");
  ef.record_length = hex_number(element, "record-length");
  ef.max_records = decimal(element, "records");
  ef.key_ids = id_ranges(element.attribute_or("ids", ""));
  ef.group_file = hex_number(element, "group-in");
  auto read = read_access(element, "read");
  auto update = read_access(element, "update");
  if (!read) return tl::unexpected(read.error());
  if (!update) return tl::unexpected(update.error());
  ef.read = *std::move(read);
  ef.update = *std::move(update);
  ef.name_zh = element.attribute_or("name-zh", "");
  ef.name_en = element.attribute_or("name-en", "");
  ef.use = element.attribute_or("use", "");
  for (const Element& item : element.children("item")) ef.items.push_back(read_item(item));
  put_first_contents(ef, element);
  if (auto sound = check_ef(element, ef); !sound) return tl::unexpected(sound.error());
  return ef;
}

KeyRequest read_key(const Element& element) {
  KeyRequest key;
  key.name = *element.attribute("name");
  if (element.attribute("id")) key.id = static_cast<std::uint8_t>(hex_number(element, "id"));
  key.tries = decimal(element, "tries");
  key.assumed = element.attribute("assumed").has_value();
  key.optional = element.attribute("optional").has_value();
  return key;
}

Loaded<Df> read_df(const Element& element) {
  Df df;
  df.id = *element.attribute("id");
  df.fid = hex_number(element, "fid");
  df.alias = hex_number(element, "alias");
  df.name = hex_bytes(element, "name");
  df.label = element.attribute_or("label", "");
  df.cipher = cipher(element);
  if (const auto parent = element.attribute("parent")) df.parent = std::string(*parent);
  df.is_application = df.parent.has_value() && !element.attribute("environment");
  for (const Element& file : element.children("ef")) {
    auto ef = read_ef(file);
    if (!ef) return tl::unexpected(ef.error());
    df.files.push_back(*std::move(ef));
  }
  if (auto unique = check_unique_files(element.children("ef"), df); !unique)
    return tl::unexpected(unique.error());
  if (auto sound = check_key_files(element.children("ef"), df); !sound) return tl::unexpected(sound.error());
  return df;
}

Loaded<void> add_df(Profile& profile, const Element& element) {
  auto df = read_df(element);
  if (!df) return tl::unexpected(df.error());
  const bool first = profile.model.dfs.empty();
  const bool parent_known = df->parent && profile.model.find_df(*df->parent) != nullptr;
  if (first == df->parent.has_value() || (!first && !parent_known)) {
    return tl::unexpected(
        element.error("df '" + df->id + "' has no parent above it",
                      "the first df is the MF and has none; each other names one that stands before it"));
  }
  if (profile.model.find_df(df->id) != nullptr)
    return tl::unexpected(element.error("df '" + df->id + "' is there twice"));
  profile.model.dfs.push_back(*std::move(df));
  auto& keys = profile.keys.emplace_back();
  for (const Element& key : element.children("key")) keys.push_back(read_key(key));
  profile.takes_psam_keys.push_back(element.child("psam-keys").has_value());
  return {};
}

}  // namespace

std::span<const apdu::EmbeddedFile> built_in_files() {
  return {embedded::profiles, embedded::profiles_count};
}

const xml::Schema& card_schema() {
  static const xml::Schema schema = compile("card.xsd");
  return schema;
}

std::uint16_t hex_number(const Element& element, std::string_view attribute) {
  const std::string text(element.attribute_or(attribute, "0"));
  return static_cast<std::uint16_t>(std::stoul(text, nullptr, 16));
}

Bytes hex_bytes(const Element& element, std::string_view attribute) {
  return apdu::parse_hex(element.attribute_or(attribute, "")).value_or(Bytes{});
}

Loaded<Profile> load_profile(std::string_view path_or_name) {
  const auto source = xml::find_source(path_or_name, built_in_files());
  if (!source) return tl::unexpected(source.error());
  const auto root = xml::load(*source, profile_schema());
  if (!root) return tl::unexpected(root.error());
  Profile profile;
  profile.source = source->text;
  profile.model.profile = *root->attribute("name");
  profile.model.kind = kind(*root->attribute("kind"));
  profile.model.version = root->attribute_or("version", "");
  profile.model.edition = root->attribute_or("edition", "");
  if (const auto pin = root->child("pin")) profile.model.pin.tries = decimal(*pin, "tries");
  for (const Element& df : root->children("df")) {
    if (auto added = add_df(profile, df); !added) return tl::unexpected(added.error());
  }
  return profile;
}

}  // namespace ssc::simulator::profile
