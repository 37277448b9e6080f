#include "simulator/profile/card_carrier.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "apdu/hex.h"
#include "keys/ceremony/carrier_record.h"
#include "keys/standard.h"
#include "simulator/profile/card_storage.h"
#include "simulator/profile/profile_loader.h"

namespace ssc::simulator::profile {
namespace {

namespace ceremony = keys::ceremony;
using apdu::Loaded;
using ceremony::Head;
using xml::Element;

struct Word {
  std::string_view text;
  std::uint8_t value;
};
constexpr Word kTypes[] = {{"master", ceremony::kMasterCardType},
                           {"mother", ceremony::kMotherCardType},
                           {"transmission", ceremony::kTransmissionCardType}};
constexpr Word kReceivers[] = {{"psam", ceremony::kToPsam},
                               {"mother", ceremony::kToMotherCard},
                               {"machine", ceremony::kToMachine},
                               {"transmission", ceremony::kToTransmissionCard},
                               {"whole", ceremony::kWhole}};
struct Own {
  std::string_view name;
  std::uint8_t id;
  Purpose purpose;
};
constexpr Own kOwnKeys[] = {{"ADF-MK", 0x00, Purpose::kMaster},
                            {"KID-01", 0x01, Purpose::kExternalAuthentication},
                            {"KID-02", 0x02, Purpose::kExternalAuthentication},
                            {"KID-03", 0x03, Purpose::kExternalAuthentication}};
struct Algorithm {
  keys::Cipher cipher;
  std::size_t size;
  std::uint8_t byte;
};
constexpr Algorithm kAlgorithms[] = {
    {keys::Cipher::kDes, 16, 0x00}, {keys::Cipher::kDes, 8, 0x01}, {keys::Cipher::kSm4, 16, 0x03}};

// Precondition: the schema let only these words through.
template <std::size_t Count>
std::uint8_t value_of(const Word (&words)[Count], std::string_view text) {
  return std::ranges::find(words, text, &Word::text)->value;
}

std::uint8_t receivers_of(std::string_view text) {
  std::istringstream in{std::string(text)};
  unsigned sum = 0;
  for (std::string word; in >> word;) sum |= value_of(kReceivers, word);
  return static_cast<std::uint8_t>(sum);
}

// "any" is never counted.
std::uint16_t count_of(const Element& element, std::string_view attribute) {
  const std::string text(element.attribute_or(attribute, "any"));
  return text == "any" ? ceremony::kUncounted : static_cast<std::uint16_t>(std::stoul(text));
}

std::uint8_t algorithm_of(const keys::Key& key) {
  return std::ranges::find_if(
             kAlgorithms,
             [&](const Algorithm& known) { return known.cipher == key.cipher() && known.size == key.size(); })
      ->byte;
}

KeyEntry own_entry(const Own& own, keys::Key value) {
  KeyEntry entry;
  entry.name = own.name;
  entry.purpose = own.purpose;
  entry.id = own.id;
  entry.value = std::move(value);
  return entry;
}

// 00 the ministry, 01 a province, 02 a city.
std::uint8_t level_of(std::string_view area) {
  if (area == keys::kEveryArea) return 0;
  return area.ends_with("0000") ? 1 : 2;
}

// Reads key values, in clear or sealed under the file's storage, which is opened once.
class Values {
 public:
  Values(const Element& card, const keys::storage::Access& access, bool lab)
      : card_(card), access_(access), lab_(lab) {}

  Loaded<keys::Key> read(const Element& element, std::string_view what, const std::string& context,
                         keys::Cipher cipher) {
    const bool sealed = element.attribute("sealed").has_value();
    if (sealed == element.attribute("value").has_value())
      return tl::unexpected(element.error(fmt::format("{}: give its value, or its sealed value", what)));
    auto bytes = sealed ? opened(element, what, context) : clear(element);
    if (!bytes) return tl::unexpected(bytes.error());
    constexpr std::size_t kSize = 16;
    if (bytes->size() != kSize)
      return tl::unexpected(element.error(fmt::format("{}: {} bytes, it has 16", what, bytes->size())));
    const keys::Key key(cipher, bytes->reveal());
    const auto kcv = element.attribute("kcv");
    if (kcv && apdu::to_hex(keys::check_value(key)) != *kcv)
      return tl::unexpected(element.error(fmt::format("{}: its check value is not {}", what, *kcv)));
    return key;
  }

 private:
  Loaded<keys::storage::SecretBytes> opened(const Element& element, std::string_view what,
                                            const std::string& context) {
    if (!storage_) {
      auto key = storage_key_of(card_, access_);
      if (!key) return tl::unexpected(key.error());
      storage_.emplace(*std::move(key));
    }
    return open_sealed(element, *storage_, context, what);
  }

  Loaded<keys::storage::SecretBytes> clear(const Element& element) {
    if (!lab_)
      return tl::unexpected(element.error("a clear key value on a carrier whose key set is no lab set"));
    auto bytes = apdu::parse_hex(*element.attribute("value"));
    if (!bytes) return tl::unexpected(element.error("value: " + bytes.error().what));
    return keys::storage::SecretBytes(*std::move(bytes));
  }

  const Element& card_;
  const keys::storage::Access& access_;
  bool lab_;
  std::optional<keys::storage::StorageKey> storage_;
};

class Filler {
 public:
  Filler(const Element& card, const keys::storage::Access& access, CardModel& model)
      : card_(card), model_(model), values_(card, access, model.lab) {}

  Loaded<void> fill(const Element& carrier, const keys::KeySet* set) {
    put_public_files(carrier);
    for (const Own& own : kOwnKeys) {
      if (auto added = add_own(own); !added) return added;
    }
    for (const char* name : {"transmission-key", "proof-root"}) {
      for (const Element& element : card_.children(name)) {
        if (auto added = add_route(element); !added) return added;
      }
    }
    return set == nullptr ? Loaded<void>() : add_keys(carrier, *set);
  }

 private:
  Df& application() { return model_.dfs[1]; }

  void put_public_files(const Element& carrier) {
    const Bytes serial = apdu::parse_hex(*carrier.attribute("serial")).value();
    const Bytes area = apdu::parse_hex(model_.area).value();
    const std::uint8_t type = value_of(kTypes, *carrier.attribute("type"));
    auto& files = model_.dfs.front().files;
    files[0].records = {apdu::concat({Bytes{0x01}, serial, Bytes{0x01, type, 0x00, 0x00}})};
    files[1].records = {apdu::concat(
        {Bytes{level_of(model_.area)}, area, Bytes{receivers_of(*carrier.attribute("receivers")), 0, 0, 0}})};
  }

  Loaded<void> add_own(const Own& own) {
    const auto elements = card_.children("own-key");
    const auto element =
        std::ranges::find_if(elements, [&](const Element& e) { return e.attribute("name") == own.name; });
    if (element == elements.end())
      return tl::unexpected(card_.error(fmt::format("the carrier has no key {}", own.name),
                                        "add <own-key name=\"…\"/> for ADF-MK and KID-01 to KID-03"));
    auto key = values_.read(*element, own.name, own_key_context(model_.name, own.name), model_.cipher);
    if (!key) return tl::unexpected(key.error());
    application().keys.push_back(own_entry(own, *std::move(key)));
    return {};
  }

  void add_record(const Head& head, std::uint16_t file, std::uint8_t version, std::string name,
                  keys::Key key) {
    KeyEntry entry;
    entry.name = std::move(name);
    entry.purpose = Purpose::kCarried;
    entry.id = head.id;
    entry.version = version;
    entry.usage = head.usage;
    entry.file = file;
    entry.tries = 0;
    entry.value = std::move(key);
    entry.head = apdu::InplaceBytes<8>(ceremony::octets(head));
    application().keys.push_back(std::move(entry));
  }

  // Transmission keys and roots of proofs: file 0014.
  Loaded<void> add_route(const Element& element) {
    const std::string_view id = *element.attribute("id");
    const std::string_view to = *element.attribute("to");
    const std::string_view area = *element.attribute("area");
    const bool transmission = element.name() == "transmission-key";
    const std::string what = fmt::format("{} {}", element.name(), id);
    auto key =
        values_.read(element, what, route_context(model_.name, element.name(), id, to, area), model_.cipher);
    if (!key) return tl::unexpected(key.error());
    const Bytes digits = apdu::parse_hex(area).value();
    if (digits[2] != 0)
      return tl::unexpected(
          element.error(fmt::format("{}: area {} is no country, province or city", what, area),
                        "its last two digits are 00"));
    Head head;
    head.usage = transmission ? ceremony::kTransmissionKey : ceremony::kRootOfKid;
    head.id = static_cast<std::uint8_t>(hex_number(element, "id"));
    head.group = value_of(kReceivers, to);
    head.algorithm = algorithm_of(*key);
    head.receivers = digits[0];
    head.area = digits[1];
    head.left = count_of(element, "uses");
    if (has_record(ceremony::kRoutesFile, head.usage, head.id, 1))
      return tl::unexpected(element.error(what + " is there twice"));
    add_record(head, ceremony::kRoutesFile, 1, what, *std::move(key));
    return {};
  }

  bool has_record(std::uint16_t file, std::uint8_t usage, std::uint8_t id, std::uint8_t version) {
    return std::ranges::any_of(application().keys, [=](const KeyEntry& key) {
      return key.file == file && key.usage == usage && key.id == id && key.version == version;
    });
  }

  // What the card file says about one key, else about all.
  struct Terms {
    std::uint8_t receivers;
    std::uint16_t exports;
  };
  Terms terms_of(const Element& carrier, const keys::NamedKey& key) {
    Terms terms{receivers_of(carrier.attribute_or("keys-to", *carrier.attribute("receivers"))),
                count_of(carrier, "exports")};
    for (const Element& element : card_.children("carried")) {
      if (element.attribute("name") != key.name) continue;
      if (const auto to = element.attribute("to")) terms.receivers = receivers_of(*to);
      if (element.attribute("exports")) terms.exports = count_of(element, "exports");
    }
    return terms;
  }

  // Whose keys are carried; all when the file does not say.
  static bool wanted(const Element& carrier, const keys::NamedKey& key) {
    const std::string_view owners = carrier.attribute_or("owners", "national province city");
    constexpr std::pair<keys::Level, std::string_view> kOwners[] = {{keys::Level::kNational, "national"},
                                                                    {keys::Level::kProvince, "province"},
                                                                    {keys::Level::kCity, "city"}};
    const auto* row = std::ranges::find(kOwners, key.owner.value_or(keys::Level::kNational),
                                        &std::pair<keys::Level, std::string_view>::first);
    return key.psam_usage != 0 && row != std::end(kOwners) &&
           owners.find(row->second) != std::string_view::npos;
  }

  std::uint16_t file_of(const keys::NamedKey& key) {
    constexpr std::uint16_t kNational = 0x0011;
    if (key.purpose == keys::Purpose::kPurchase) return kNational;
    const auto file = std::ranges::find_if(application().files, [&](const Ef& ef) {
      return std::ranges::any_of(ef.key_ids, [&](const IdRange& range) {
        return range.first <= key.psam_id && key.psam_id <= range.last;
      });
    });
    return file == application().files.end() ? kNational : file->fid;
  }

  Loaded<void> add_keys(const Element& carrier, const keys::KeySet& set) {
    for (const keys::NamedKey& key : set.keys) {
      if (!wanted(carrier, key)) continue;
      const bool by_version = key.purpose == keys::Purpose::kPurchase;
      const Terms terms = terms_of(carrier, key);
      Head head;
      head.usage = key.psam_usage;
      head.id = by_version ? key.version : key.psam_id;
      head.group = key.version;
      head.algorithm = algorithm_of(key.value);
      head.receivers = terms.receivers;
      head.left = terms.exports;
      add_record(head, file_of(key), key.version, key.name, key.value);
    }
    return {};
  }

  const Element& card_;
  CardModel& model_;
  Values values_;
};

}  // namespace

std::string own_key_context(std::string_view card_name, std::string_view key) {
  return fmt::format("carrier/{}/own/{}", card_name, key);
}

std::string route_context(std::string_view card_name, std::string_view element, std::string_view id,
                          std::string_view to, std::string_view area) {
  return fmt::format("carrier/{}/{}/{}/{}/{}", card_name, element, id, to, area);
}

Loaded<void> apply_own_keys(const Element& card, const keys::storage::Access& access, CardModel& model) {
  Values values(card, access, model.lab);
  for (const Element& element : card.children("own-key")) {
    const std::string_view name = *element.attribute("name");
    const std::string id(element.attribute_or("df", ""));
    const auto df = std::ranges::find(model.dfs, id, &Df::id);
    if (df == model.dfs.end() || !df->is_application)
      return tl::unexpected(element.error(fmt::format("own-key {}: no application '{}'", name, id),
                                          "write df=\"SM4-DF01\" or df=\"DES-DF01\""));
    const auto parent = std::ranges::find(model.dfs, *df->parent, &Df::id);
    auto key = values.read(element, name, own_key_context(model.name, id + "/" + std::string(name)),
                           parent->cipher.value_or(model.cipher));
    if (!key) return tl::unexpected(key.error());
    const auto* own = std::ranges::find(kOwnKeys, name, &Own::name);
    std::erase_if(df->keys, [&](const KeyEntry& entry) { return entry.name == name; });
    df->keys.push_back(own_entry(*own, *std::move(key)));
  }
  return {};
}

Loaded<void> apply_carrier(const Element& card, const keys::KeySet* set, const keys::storage::Access& access,
                           CardModel& model) {
  const auto carriers = card.children("carrier");
  if (carriers.size() != 1)
    return tl::unexpected(card.error("a key carrier's file has one <carrier>",
                                     "add <carrier type=\"mother\" serial=\"…\" receivers=\"psam\"/>"));
  return Filler(card, access, model).fill(carriers.front(), set);
}

}  // namespace ssc::simulator::profile
