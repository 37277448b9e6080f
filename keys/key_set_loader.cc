#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "apdu/hex.h"
#include "apdu/xml/document.h"
#include "keys/key_set.h"
#include "keys/standard.h"

namespace ssc::embedded {
extern const apdu::EmbeddedFile key_sets[];
extern const std::size_t key_sets_count;
}  // namespace ssc::embedded

namespace ssc::keys {
namespace {

using apdu::InputError;
using apdu::Loaded;
using xml::Element;
using Done = tl::expected<void, InputError>;

constexpr std::string_view kSchemaName = "key-set.xsd";
constexpr std::string_view kDefaultStructures = "2.0 3.0";

template <class T>
struct Word {
  std::string_view text;
  T value;
};
constexpr Word<Cipher> kCiphers[] = {{"DES", Cipher::kDes}, {"SSF33", Cipher::kSsf33}, {"SM4", Cipher::kSm4}};
constexpr Word<Level> kLevels[] = {{"national", Level::kNational},
                                   {"province", Level::kProvince},
                                   {"city", Level::kCity},
                                   {"card", Level::kCard}};
constexpr Word<Structure> kStructures[] = {
    {"1.0", Structure::k1}, {"2.0", Structure::k2}, {"3.0", Structure::k3}};

// Precondition: the schema let only these words through.
template <class T, std::size_t Size>
T value_of(const Word<T> (&words)[Size], std::string_view text) {
  const auto found = std::ranges::find(words, text, &Word<T>::text);
  assert(found != std::end(words));
  return found->value;
}

std::string_view word_of(Level level) { return std::ranges::find(kLevels, level, &Word<Level>::value)->text; }

Structures structures_of(std::string_view text) {
  Structures structures = Structures().with(Structure::kPsam);
  for (const auto& word : kStructures) {
    if (text.find(word.text) != std::string_view::npos) structures = structures.with(word.value);
  }
  return structures;
}

tl::unexpected<InputError> fail(const Element& at, std::string what, std::string mend) {
  return tl::unexpected(at.error(std::move(what), std::move(mend)));
}

Loaded<Cipher> usable_cipher(const Element& at, std::string_view word) {
  const Cipher cipher = value_of(kCiphers, word);
  if (!available(cipher)) return fail(at, "SSF33 is a secret cipher, not available here", "take DES or SM4");
  return cipher;
}

Loaded<Bytes> hex_attribute(const Element& at, std::string_view attribute, std::string_view text) {
  auto bytes = apdu::parse_hex(text);
  if (!bytes) {
    return fail(at, fmt::format("{}: {}", attribute, bytes.error().what),
                "write two hexadecimal digits for each byte");
  }
  return *std::move(bytes);
}

Loaded<std::uint8_t> byte_attribute(const Element& at, std::string_view attribute, std::string_view text) {
  const auto bytes = hex_attribute(at, attribute, text);
  if (!bytes) return tl::unexpected(bytes.error());
  if (bytes->size() != 1)
    return fail(at, fmt::format("{}: '{}' is not one byte", attribute, text), "write two hexadecimal digits");
  return bytes->front();
}

// Precondition: the schema let only one digit through.
std::uint8_t digit(std::string_view text) { return static_cast<std::uint8_t>(text.front() - '0'); }

Factor name_factor(std::string_view name) {
  Factor factor{};
  std::copy_n(name.begin(), std::min(name.size(), factor.size()), factor.begin());
  return factor;
}

// Turns one document into a key set; every function stops at the first error.
class Reader {
 public:
  explicit Reader(Element document) : document_(std::move(document)) {}

  Loaded<KeySet> read() {
    return read_header()
        .and_then([&] { return read_root(); })
        .and_then([&] { return read_keys(); })
        .and_then([&] { return make_all(); })
        .map([&] { return std::move(set_); });
  }

 private:
  Done read_header() {
    set_.name = *document_.attribute("name");
    set_.area = *document_.attribute("area");
    set_.lab = document_.attribute("lab") == "yes";
    set_.four_digit_city =
        document_.attribute_or("city-digits", set_.area.starts_with("33") ? "4" : "6") == "4";
    structures_ = structures_of(document_.attribute_or("structure", kDefaultStructures));
    const auto cipher = usable_cipher(document_, *document_.attribute("cipher"));
    if (!cipher) return tl::unexpected(cipher.error());
    set_.cipher = *cipher;
    return {};
  }

  Done read_root() {
    const auto element = document_.child("root");
    if (!element) return {};
    const auto value = clear_value(*element);
    if (!value) return tl::unexpected(value.error());
    if (value->size() != 16) {
      return fail(*element, fmt::format("the root has {} bytes", value->size()),
                  "it has 16 (32 hexadecimal digits)");
    }
    root_ = Key(set_.cipher, *value);
    root_level_ = value_of(kLevels, element->attribute_or("level", "national"));
    return {};
  }

  Done read_keys() {
    for (const Element& element : document_.children("key")) {
      if (Done done = read_key(element); !done) return done;
    }
    return {};
  }

  Done read_key(const Element& at) {
    const std::string_view name = *at.attribute("name");
    const KeyName* row = find_key_name(name, structures_);
    if (row == nullptr) return unknown_name(at, name);
    const auto cipher = usable_cipher(at, at.attribute_or("algorithm", keys::name(set_.cipher)));
    if (!cipher) return tl::unexpected(cipher.error());
    NamedKey key = from_row(*row, digit(at.attribute_or("version", "1")));
    return override_places(key, *row, at)
        .and_then([&] {
          return at.attribute("value") ? read_value(key, *row, *cipher, at)
                                       : make_value(key, *row, *cipher, at);
        })
        .and_then([&] { return add(std::move(key), at); });
  }

  // The keys of the names table that the file does not give itself.
  Done make_all() {
    const auto element = document_.child("all-keys");
    if (!element) return {};
    const std::uint8_t groups = digit(element->attribute_or("groups", "1"));
    for (const KeyName& row : key_names()) {
      if (!row.structures.meets(structures_)) continue;
      for (std::uint8_t version = 1; version <= std::min(groups, row.groups); ++version) {
        if (Done done = make_one(row, version, *element); !done) return done;
      }
    }
    return {};
  }

  Done make_one(const KeyName& row, std::uint8_t version, const Element& at) {
    if (set_.find(row.name, version) != nullptr) return {};
    NamedKey key = from_row(row, version);
    if (Done done = make_value(key, row, set_.cipher, at); !done) return done;
    return add(std::move(key), at);
  }

  NamedKey from_row(const KeyName& row, std::uint8_t version) const {
    NamedKey key;
    key.name = row.name;
    key.application = row.application;
    key.purpose = row.purpose;
    key.id = row.id.value_or(0);
    key.id_known = row.id.has_value();
    key.version = version;
    key.level = row.level.value_or(root_level_);
    set_psam_place(key, row.psam_type, row.psam_id);
    return key;
  }

  static void set_psam_place(NamedKey& key, std::uint8_t type, std::uint8_t id) {
    if (type == 0) return;
    key.psam_usage = static_cast<std::uint8_t>(levels_to_card(key.level) << 5 | type);
    key.psam_id = id == 0 ? key.version : id;
  }

  // level, id and usage where the file gives them.
  Done override_places(NamedKey& key, const KeyName& row, const Element& at) const {
    if (const auto level = at.attribute("level")) {
      key.level = value_of(kLevels, *level);
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

  static Done override_usage(NamedKey& key, const Element& at, std::string_view text) {
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
                              *usage >> 5, word_of(key.level), levels_to_card(key.level)),
                  "change usage or level");
    }
    key.psam_usage = *usage;
    key.psam_id = *id;
    return {};
  }

  Loaded<Bytes> clear_value(const Element& at) const {
    if (!set_.lab) {
      return fail(at, fmt::format("a clear key value in key set '{}', which is no lab set", set_.name),
                  "keep only test keys in such a file, and mark it lab=\"yes\"");
    }
    return hex_attribute(at, "value", *at.attribute("value"));
  }

  Done read_value(NamedKey& key, const KeyName& row, Cipher cipher, const Element& at) const {
    const auto value = clear_value(at);
    if (!value) return tl::unexpected(value.error());
    const bool either = cipher == Cipher::kDes && row.des_size == 0;
    if (value->size() != size_of(row, cipher) && !(either && value->size() == 8)) {
      return fail(at, fmt::format("key '{}' has {} bytes", key.name, value->size()),
                  fmt::format("under {} it has {} ({} hexadecimal digits)", keys::name(cipher),
                              size_of(row, cipher), 2 * size_of(row, cipher)));
    }
    key.value = Key(cipher, *value);
    return {};
  }

  // The value from the root: diversified by the name in ASCII filled with 00, then by the version as a number
  // of eight bytes; a key of 8 bytes is the left half.
  Done make_value(NamedKey& key, const KeyName& row, Cipher cipher, const Element& at) const {
    if (!root_) {
      return fail(at, fmt::format("key '{}' has no value, and the set no root to make one from", key.name),
                  "give the key a value, or the set a <root>");
    }
    const Key made = diversify(diversify(Key(cipher, root_->reveal()), name_factor(row.name)),
                               apdu::big_endian<8>(key.version));
    key.value = Key(cipher, made.reveal().first(size_of(row, cipher)));
    return {};
  }

  static std::size_t size_of(const KeyName& row, Cipher cipher) {
    return cipher == Cipher::kDes && row.des_size != 0 ? row.des_size : 16;
  }

  Done unknown_name(const Element& at, std::string_view name) const {
    constexpr Structures kEvery(0xF);
    return fail(at,
                fmt::format("no key is called '{}' in structure {}", name,
                            document_.attribute_or("structure", kDefaultStructures)),
                find_key_name(name, kEvery) != nullptr
                    ? "it is of another structure: widen structure=\"...\" of the set"
                    : names_to_offer(name));
  }

  std::string names_to_offer(std::string_view name) const {
    const auto near = near_key_names(name, structures_);
    if (near.empty()) return "write it as the standard does, as in UK1DF01";
    return fmt::format("near ones: {}", fmt::join(near, ", "));
  }

  Done add(NamedKey key, const Element& at) {
    for (std::size_t i = 0; i < set_.keys.size(); ++i) {
      const NamedKey& other = set_.keys[i];
      if (other.version != key.version) continue;
      if (other.name == key.name) {
        return fail(at, fmt::format("a second key '{}' of version {}", key.name, key.version),
                    fmt::format("the first is in line {}; remove one or change its version", lines_[i]));
      }
      if (other.application == key.application && other.id_known && key.id_known && other.id == key.id) {
        return fail(at,
                    fmt::format("keys '{}' and '{}' of {} both have id {:02X} and version {}", other.name,
                                key.name, key.application, key.id, key.version),
                    fmt::format("the first is in line {}; change the id of one", lines_[i]));
      }
    }
    set_.keys.push_back(std::move(key));
    lines_.push_back(at.line());
    return {};
  }

  Element document_;
  KeySet set_;
  Structures structures_;
  std::optional<Key> root_;
  Level root_level_ = Level::kNational;
  std::vector<unsigned> lines_;  // of each key in set_.keys
};

std::span<const apdu::EmbeddedFile> embedded_files() {
  return {embedded::key_sets, embedded::key_sets_count};
}

std::vector<apdu::EmbeddedFile> embedded_sets() {
  std::vector<apdu::EmbeddedFile> sets;
  std::ranges::copy_if(embedded_files(), std::back_inserter(sets),
                       [](const apdu::EmbeddedFile& file) { return file.name.ends_with(".xml"); });
  return sets;
}

const Loaded<xml::Schema>& schema() {
  static const Loaded<xml::Schema> compiled = [] {
    const auto file = std::ranges::find(embedded_files(), kSchemaName, &apdu::EmbeddedFile::name);
    return xml::Schema::compile({std::string(kSchemaName), std::string(file->text)});
  }();
  return compiled;
}

}  // namespace

Loaded<KeySet> load_key_set(std::string_view path_or_name) {
  const auto source = xml::find_source(path_or_name, embedded_sets());
  if (!source) return tl::unexpected(source.error());
  if (!schema()) return tl::unexpected(schema().error());
  auto document = xml::load(*source, *schema());
  if (!document) return tl::unexpected(document.error());
  return Reader(*std::move(document)).read();
}

std::vector<std::string> built_in_key_sets() {
  std::vector<std::string> names;
  for (const apdu::EmbeddedFile& file : embedded_sets()) {
    names.emplace_back(file.name.substr(0, file.name.size() - std::string_view(".xml").size()));
  }
  return names;
}

}  // namespace ssc::keys
