#include "keys/centre/centre_record.h"

#include <fmt/format.h>

#include <algorithm>

#include "apdu/hex.h"
#include "apdu/text/gbk.h"
#include "apdu/xml/document.h"
#include "keys/storage/storage_xml.h"

namespace ssc::embedded {
extern const apdu::EmbeddedFile centre_schema[];
extern const std::size_t centre_schema_count;
}  // namespace ssc::embedded

namespace ssc::keys::centre {
namespace {

using apdu::Loaded;

constexpr std::size_t kLongestName = 60;

struct LevelWord {
  std::string_view word;
  Level level;
};
constexpr LevelWord kLevels[] = {
    {"ministry", Level::kNational}, {"province", Level::kProvince}, {"city", Level::kCity}};

const xml::Schema& schema() {
  static const xml::Schema compiled = [] {
    const auto& file = embedded::centre_schema[0];
    return xml::Schema::compile({std::string(file.name), std::string(file.text)}).value();
  }();
  return compiled;
}

// The document, its root being of that name.
Loaded<xml::Element> load(std::string_view path, std::string_view root) {
  const auto source = xml::find_source(path, {});
  if (!source) return tl::unexpected(source.error());
  auto document = xml::load(*source, schema());
  if (document && document->name() != root)
    return tl::unexpected(document->error(fmt::format("this is a <{}>", document->name()),
                                          fmt::format("name a file with <{}>", root)));
  return document;
}

Loaded<Identity> read_identity(const xml::Element& at) {
  Identity identity{std::string(*at.attribute("name")), *level_of(*at.attribute("level")),
                    std::string(*at.attribute("area"))};
  if (auto fault = check_identity(identity)) return tl::unexpected(at.error(*std::move(fault)));
  return identity;
}

bool is_area_of(Level level, std::string_view area) {
  const bool digits =
      area.size() == 6 && std::ranges::all_of(area, [](char c) { return c >= '0' && c <= '9'; });
  if (!digits || (area == "000000") != (level == Level::kNational)) return false;
  return level == Level::kNational || area.ends_with("0000") == (level == Level::kProvince);
}

bool is_plain(std::string_view text) {
  const auto odd = [](char c) {
    return static_cast<unsigned char>(c) < ' ' ||
           std::string_view("<>&\"\x7F").find(c) != std::string_view::npos;
  };
  return std::ranges::none_of(text, odd) && apdu::encode_text(text, apdu::Charset::kGb18030).has_value();
}

std::string attributes(const Identity& identity) {
  return fmt::format(R"(name="{}" level="{}" area="{}")", identity.name, level_word(identity.level),
                     identity.area);
}

}  // namespace

std::string_view level_word(Level level) {
  const auto found = std::ranges::find(kLevels, level, &LevelWord::level);
  return found == std::end(kLevels) ? std::string_view("card") : found->word;
}

std::optional<Level> level_of(std::string_view word) {
  const auto found = std::ranges::find(kLevels, word, &LevelWord::word);
  if (found == std::end(kLevels)) return std::nullopt;
  return found->level;
}

std::optional<std::string> check_identity(const Identity& identity) {
  const std::string& name = identity.name;
  if (name.empty() || name.size() > kLongestName || !is_plain(name) || name.front() == ' ' ||
      name.back() == ' ')
    return fmt::format(
        "'{}' names no centre: 1 to {} bytes in one line, without < > & \" and blanks at its ends",
        is_plain(name) ? name : "?", kLongestName);
  if (is_area_of(identity.level, identity.area)) return std::nullopt;
  return fmt::format(
      "'{}' is no area of a {}: 000000 is the ministry's, xx0000 a province's, any other a city's",
      is_plain(identity.area) ? identity.area : "?", level_word(identity.level));
}

Loaded<CentreRecord> load_centre_record(std::string_view path) {
  const auto document = load(path, "centre");
  if (!document) return tl::unexpected(document.error());
  auto identity = read_identity(*document);
  if (!identity) return tl::unexpected(identity.error());
  auto storage = storage::read_storage(*document->child("storage"));
  if (!storage) return tl::unexpected(storage.error());
  CentreRecord record{*std::move(identity), document->attribute("lab") == "yes", *std::move(storage)};
  if (record.lab != (record.storage.guard == storage::Guard::kLab))
    return tl::unexpected(document->error("a lab centre lies under the lab's storage key, and no other does",
                                          "take the file back as ssc wrote it"));
  return record;
}

Loaded<Introduction> load_introduction(std::string_view path) {
  const auto document = load(path, "introduction");
  if (!document) return tl::unexpected(document.error());
  auto identity = read_identity(*document);
  if (!identity) return tl::unexpected(identity.error());
  const xml::Element element = *document->child("public-key");
  auto key = Sm2PublicKey::from_pem(element.text());
  if (!key)
    return tl::unexpected(element.error("this is no SM2 public key", "take the file as ssc wrote it"));
  return Introduction{*std::move(identity), *std::move(key)};
}

std::string to_xml(const CentreRecord& record) {
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<centre xmlns=\"urn:ssc:centre:1\" {} lab=\"{}\">\n  "
      "{}\n</centre>\n",
      attributes(record.identity), record.lab ? "yes" : "no", storage::storage_element(record.storage));
}

std::string to_xml(const Introduction& introduction) {
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<introduction xmlns=\"urn:ssc:centre:1\" {}>\n"
      "  <public-key>\n{}  </public-key>\n</introduction>\n",
      attributes(introduction.identity), introduction.key.to_pem());
}

std::string fingerprint_text(const Sm2PublicKey& key) {
  const std::string hex = apdu::to_hex(key.fingerprint());
  std::string out;
  for (std::size_t at = 0; at < hex.size(); at += 4) out += (at == 0 ? "" : " ") + hex.substr(at, 4);
  return out;
}

}  // namespace ssc::keys::centre
