#include "keys/key_set_writer.h"

#include <fmt/format.h>

#include "apdu/hex.h"
#include "apdu/xml/escape.h"
#include "keys/key_places.h"
#include "keys/key_set_seal.h"
#include "keys/key_set_words.h"
#include "keys/standard.h"
#include "keys/storage/owner_file.h"
#include "keys/storage/storage_xml.h"

namespace ssc::keys {
namespace {

constexpr std::string_view kLabNote =
    "Made by ssc. Test keys, worth nothing: they lie under the lab's storage key, which everybody knows.";
constexpr std::string_view kNote = "Made by ssc. Every key is sealed: a changed line does not open.";

std::string attribute(std::string_view name, std::string_view value) {
  return fmt::format(" {}=\"{}\"", name, xml::escape(value));
}

std::string structures_text(Structures structures) {
  std::string out;
  for (const auto& word : kStructureWords) {
    if (structures.meets(Structures().with(word.value)))
      out += (out.empty() ? "" : " ") + std::string(word.text);
  }
  return out;
}

std::string head(const KeySet& set) {
  std::string out =
      attribute("name", set.name) + attribute("area", set.area) + attribute("cipher", name(set.cipher)) +
      attribute("structure", structures_text(set.structures)) + attribute("lab", set.lab ? "yes" : "no");
  if (set.level) out += attribute("level", word(*set.level));
  return out + attribute("city-digits", set.four_digit_city ? "4" : "6");
}

// What the names table does not say, or not so.
std::string own_place(const KeySet& set, const NamedKey& key) {
  const KeyName* row = find_key_name(key.name, set.structures);
  std::string out;
  if (key.owner && (row == nullptr || row->level != key.owner)) out += attribute("owner", word(*key.owner));
  if (key.id_known && (row == nullptr || row->id != key.id))
    out += attribute("id", fmt::format("{:02X}", key.id));
  if (key.value.cipher() != set.cipher) out += attribute("algorithm", name(key.value.cipher()));
  return out;
}

std::string element(const KeySet& set, const NamedKey& key, const storage::StorageKey& storage) {
  std::string out = attribute("name", key.name) + attribute("version", std::to_string(key.version)) +
                    attribute("level", word(key.level)) + own_place(set, key);
  if (key.psam_usage != 0)
    out += attribute("usage", fmt::format("{:02X}/{:02X}", key.psam_usage, key.psam_id));
  out += attribute("kcv", apdu::to_hex(check_value(key.value)));
  const Bytes sealed = storage::seal(storage, key.value.reveal(), seal_context(set, key, key.value.cipher()));
  return fmt::format("  <key{}{}/>\n", out, attribute("sealed", apdu::to_hex(sealed)));
}

}  // namespace

std::string key_set_text(const KeySet& set, const storage::Storage& storage) {
  const bool lab = storage.record.guard == storage::Guard::kLab;
  std::string out = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- {} -->\n<key-set xmlns=\"urn:ssc:key-set:1\"{}>\n  "
      "{}\n",
      lab ? kLabNote : kNote, head(set), storage::storage_element(storage.record));
  for (const NamedKey& key : set.keys) out += element(set, key, storage.key);
  return out + "</key-set>\n";
}

storage::Stored<void> write_key_set(const std::filesystem::path& file, const KeySet& set,
                                    const storage::Storage& storage) {
  return storage::write_owner_file(file, key_set_text(set, storage));
}

storage::Stored<void> create_key_set(const std::filesystem::path& file, const KeySet& set,
                                     const storage::Storage& storage) {
  return storage::create_owner_file(file, key_set_text(set, storage));
}

}  // namespace ssc::keys
