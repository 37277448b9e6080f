#include "keys/key_set_reader.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "apdu/hex.h"
#include "keys/extended_key.h"
#include "keys/factors.h"
#include "keys/key_set_attributes.h"
#include "keys/key_set_seal.h"
#include "keys/key_set_words.h"
#include "keys/standard.h"
#include "keys/storage/storage_xml.h"

namespace ssc::keys {
namespace {

using apdu::InputError;
using apdu::Loaded;
using xml::Element;

constexpr std::string_view kDefaultStructures = "2.0 3.0";
constexpr std::size_t kNameFactorSize = std::tuple_size_v<Factor>;

Structures structures_of(std::string_view text) {
  Structures structures = Structures().with(Structure::kPsam);
  for (const auto& word : kStructureWords) {
    if (text.find(word.text) != std::string_view::npos) structures = structures.with(word.value);
  }
  return structures;
}

Factor name_factor(std::string_view name) {
  Factor factor{};
  std::copy_n(name.begin(), std::min(name.size(), factor.size()), factor.begin());
  return factor;
}

std::size_t size_of(const KeyName& row, Cipher cipher) {
  return cipher == Cipher::kDes && row.des_size != 0 ? row.des_size : 16;
}

std::optional<Fault> area_fault(const KeySet& set) {
  const bool every = set.area == kEveryArea;
  const bool whole_province = set.area.ends_with("0000");
  if (every != (set.level == Level::kNational))
    return Fault{fmt::format("area {} in a {} set", set.area, set.level ? word(*set.level) : "centreless"),
                 "area 000000 and level=\"national\" go together: the ministry's sets"};
  if (set.level == Level::kProvince && !whole_province)
    return Fault{fmt::format("area {} in a province's set", set.area), "a province's area ends in 0000"};
  return std::nullopt;
}

// Why two keys of one version cannot stand in a set, the first in that line.
std::optional<Fault> clash_of(const NamedKey& first, const NamedKey& second, unsigned line) {
  if (first.version != second.version) return std::nullopt;
  if (first.name == second.name) {
    return Fault{fmt::format("a second key '{}' of version {}", second.name, second.version),
                 fmt::format("the first is in line {}; remove one or change its version", line)};
  }
  if (first.application == second.application && first.id_known && second.id_known && first.id == second.id) {
    return Fault{fmt::format("keys '{}' and '{}' of {} both have id {:02X} and version {}", first.name,
                             second.name, second.application, second.id, second.version),
                 fmt::format("the first is in line {}; change the id of one", line)};
  }
  return std::nullopt;
}

// Turns one document into a key set; every function stops at the first error.
class Reader {
 public:
  Reader(const Element& document, const storage::Access* access, Strictness strictness)
      : document_(document), access_(access), strictness_(strictness) {}

  Loaded<InspectedKeySet> read() {
    return read_header()
        .and_then([&] { return read_storage(); })
        .and_then([&] { return read_root(); })
        .and_then([&] { return read_keys(); })
        .and_then([&] { return make_all(); })
        .map([&] { return std::move(out_); });
  }

 private:
  Done read_header() {
    set_.name = *document_.attribute("name");
    set_.area = *document_.attribute("area");
    set_.lab = document_.attribute("lab") == "yes";
    if (const auto level = document_.attribute("level")) set_.level = value_of(kLevelWords, *level);
    set_.four_digit_city =
        document_.attribute_or("city-digits", four_digit_city(set_.area) ? "4" : "6") == "4";
    set_.structures = structures_of(document_.attribute_or("structure", kDefaultStructures));
    const auto cipher = usable_cipher(document_, *document_.attribute("cipher"));
    if (!cipher) return tl::unexpected(cipher.error());
    set_.cipher = *cipher;
    const auto wrong = area_fault(set_);
    return wrong ? Done(fail(document_, wrong->what, wrong->mend)) : Done();
  }

  Done read_storage() {
    const auto element = document_.child("storage");
    if (!element) return {};
    auto record = storage::read_storage(*element);
    if (!record) return tl::unexpected(record.error());
    if (!set_.lab && record->guard == storage::Guard::kLab) {
      return fail(*element,
                  fmt::format("key set '{}' is no lab set, but lies under the lab's key", set_.name),
                  "only test keys may: mark it lab=\"yes\", or make it anew under a passphrase");
    }
    out_.storage = *std::move(record);
    if (access_ == nullptr) return {};
    auto key = storage::unlock(*out_.storage, *access_);
    if (!key) return fail(*element, fmt::format("key set '{}': {}", set_.name, key.error().what), "");
    out_.storage_key = *std::move(key);
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
    root_level_ = value_of(kLevelWords, element->attribute_or("level", "national"));
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
    if (const KeyName* row = find_key_name(name, set_.structures)) return read_named(at, *row);
    if (!at.attribute("owner")) return unknown_name(at, name);
    const auto extended = parse_extended_key(name);
    if (!extended) {
      return fail(at, fmt::format("'{}' is no key of an added file: {}", name, extended.error()),
                  "write it as UK1DF0A, RK1DF0A or RKSSSEEF0D (Part 6 §6.7)");
    }
    return read_named(
        at, KeyName{name, "", extended->application, set_.structures, std::nullopt, extended->purpose,
                    extended->des_size, 3, value_of(kLevelWords, *at.attribute("owner")), 0, 0});
  }

  Done read_named(const Element& at, const KeyName& row) {
    const auto cipher = usable_cipher(at, at.attribute_or("algorithm", keys::name(set_.cipher)));
    if (!cipher) return tl::unexpected(cipher.error());
    auto key = read_place(at, row, set_, root_level_);
    if (!key) return tl::unexpected(key.error());
    return check_place(*key, row, at)
        .and_then([&] { return read_any_value(*key, row, *cipher, at); })
        .and_then([&] { return add(*std::move(key), at); });
  }

  // The keys of the names table that the file does not give itself.
  Done make_all() {
    const auto element = document_.child("all-keys");
    if (!element) return {};
    const std::uint8_t groups = digit(element->attribute_or("groups", "1"));
    for (const KeyName& row : key_names()) {
      if (!row.structures.meets(set_.structures)) continue;
      for (std::uint8_t version = 1; version <= std::min(groups, row.groups); ++version) {
        if (Done done = make_one(row, version, *element); !done) return done;
      }
    }
    return {};
  }

  Done make_one(const KeyName& row, std::uint8_t version, const Element& at) {
    if (set_.find(row.name, version) != nullptr) return {};
    NamedKey key = named_by(row, set_, version, root_level_);
    if (Done done = make_value(key, row, set_.cipher, at); !done) return done;
    return add(std::move(key), at);
  }

  // Ids that the file gives; the standard's own stand as they are.
  Done check_place(const NamedKey& key, const KeyName& row, const Element& at) {
    const bool extended = row.name.data() == at.attribute("name")->data();
    if (extended && !key.id_known)
      return fail(at, fmt::format("key '{}' has no id on the card", key.name), "add id=\"83\" or another");
    if (extended) {
      if (Done done = rule(at, card_id_fault(key)); !done) return done;
    }
    return key.psam_id == row.psam_id ? Done() : rule(at, psam_id_fault(key));
  }

  Done rule(const Element& at, std::optional<Fault> fault) {
    if (!fault) return {};
    InputError error = at.error(std::move(fault->what), std::move(fault->mend));
    if (strictness_ == Strictness::kStopAtFaults) return tl::unexpected(std::move(error));
    out_.faults.push_back(std::move(error));
    return {};
  }

  Done read_any_value(NamedKey& key, const KeyName& row, Cipher cipher, const Element& at) {
    if (at.attribute("value") && at.attribute("sealed"))
      return fail(at, fmt::format("key '{}' has a value and a sealed value", key.name), "remove one");
    const Done read = at.attribute("sealed")  ? read_sealed(key, row, cipher, at)
                      : at.attribute("value") ? read_value(key, row, cipher, at)
                                              : make_value(key, row, cipher, at);
    return read.and_then([&] { return read_check_value(key, at); });
  }

  Loaded<Bytes> clear_value(const Element& at) const {
    if (!set_.lab) {
      return fail(at, fmt::format("a clear key value in key set '{}', which is no lab set", set_.name),
                  "keep only test keys in such a file, and mark it lab=\"yes\"");
    }
    return hex_attribute(at, "value", *at.attribute("value"));
  }

  static Done set_value(NamedKey& key, const KeyName& row, Cipher cipher, ByteView value, const Element& at) {
    const bool either = cipher == Cipher::kDes && row.des_size == 0;
    if (value.size() != size_of(row, cipher) && !(either && value.size() == 8)) {
      return fail(at, fmt::format("key '{}' has {} bytes", key.name, value.size()),
                  fmt::format("under {} it has {} ({} hexadecimal digits)", keys::name(cipher),
                              size_of(row, cipher), 2 * size_of(row, cipher)));
    }
    key.value = Key(cipher, value);
    return {};
  }

  Done read_value(NamedKey& key, const KeyName& row, Cipher cipher, const Element& at) const {
    const auto value = clear_value(at);
    if (!value) return tl::unexpected(value.error());
    return set_value(key, row, cipher, *value, at);
  }

  Done read_sealed(NamedKey& key, const KeyName& row, Cipher cipher, const Element& at) const {
    if (!out_.storage) {
      return fail(
          at, fmt::format("key '{}' is sealed, and the set does not say under which storage key", key.name),
          "take the file back as ssc wrote it, with its <storage>");
    }
    const auto sealed = hex_attribute(at, "sealed", *at.attribute("sealed"));
    if (!sealed) return tl::unexpected(sealed.error());
    key.value = Key(cipher, {});
    if (!out_.storage_key) return {};
    const auto value = storage::open(*out_.storage_key, *sealed, seal_context(set_, key, cipher));
    if (!value) {
      return fail(at, fmt::format("key '{}' version {}: {}", key.name, key.version, value.error().what),
                  "take the file back as ssc wrote it");
    }
    return set_value(key, row, cipher, value->reveal(), at);
  }

  // What the file states against the value, where both are there.
  Done read_check_value(const NamedKey& key, const Element& at) {
    stated_.reset();
    const auto text = at.attribute("kcv");
    if (!text && !at.attribute("sealed")) return {};
    if (!text) return fail(at, fmt::format("key '{}' is sealed without a check value", key.name), "add kcv");
    const auto stated = hex_attribute(at, "kcv", *text);
    if (!stated) return tl::unexpected(stated.error());
    if (stated->size() != std::tuple_size_v<CheckValue>)
      return fail(at, fmt::format("kcv: {} bytes", stated->size()), "a check value has 3");
    std::ranges::copy(*stated, stated_.emplace().begin());
    if (is_closed(key)) return {};
    const CheckValue real = check_value(key.value);
    if (*stated_ == real) return {};
    return rule(at, Fault{fmt::format("key '{}' version {} has check value {}, not {}", key.name, key.version,
                                      apdu::to_hex(real), apdu::to_hex(*stated)),
                          "one of the two was changed: compare with whoever gave the key"});
  }

  static bool is_closed(const NamedKey& key) { return key.value.size() == 0; }

  // The value from the root: diversified by the name in ASCII filled with 00, then by the version as a number
  // of eight bytes; a key of 8 bytes is the left half.
  Done make_value(NamedKey& key, const KeyName& row, Cipher cipher, const Element& at) const {
    if (!root_) {
      return fail(at, fmt::format("key '{}' has no value, and the set no root to make one from", key.name),
                  "give the key a value, or the set a <root>");
    }
    if (row.name.size() > kNameFactorSize) {
      return fail(at, fmt::format("the name of key '{}' is too long to make its value from", key.name),
                  "give the key a value");
    }
    const Key made = diversify(diversify(Key(cipher, root_->reveal()), name_factor(row.name)),
                               apdu::big_endian<8>(key.version));
    key.value = Key(cipher, made.reveal().first(size_of(row, cipher)));
    return {};
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
    const auto near = near_key_names(name, set_.structures);
    const std::string added = parse_extended_key(name)
                                  ? "; a key of an added file says whose it is: owner=\"city\" or another"
                                  : "";
    if (near.empty()) return "write it as the standard does, as in UK1DF01" + added;
    return fmt::format("near ones: {}{}", fmt::join(near, ", "), added);
  }

  Done add(NamedKey key, const Element& at) {
    for (std::size_t i = 0; i < set_.keys.size(); ++i) {
      if (const auto clash = clash_of(set_.keys[i], key, lines_[i]))
        return fail(at, clash->what, clash->mend);
    }
    out_.check_values.push_back(is_closed(key) ? stated_.value_or(CheckValue{}) : check_value(key.value));
    set_.keys.push_back(std::move(key));
    lines_.push_back(at.line());
    return {};
  }

  Element document_;
  const storage::Access* access_;
  Strictness strictness_;
  InspectedKeySet out_;
  KeySet& set_ = out_.set;
  std::optional<Key> root_;
  Level root_level_ = Level::kNational;
  std::optional<CheckValue> stated_;  // of the key being read
  std::vector<unsigned> lines_;       // of each key in set_.keys
};

}  // namespace

Loaded<InspectedKeySet> read_key_set(const Element& document, const storage::Access* access,
                                     Strictness strictness) {
  return Reader(document, access, strictness).read();
}

}  // namespace ssc::keys
