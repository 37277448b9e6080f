#include "simulator/core/key_overlay.h"

#include <algorithm>

#include "apdu/hex.h"
#include "simulator/core/headers.h"
#include "simulator/core/octet_reader.h"

namespace ssc::simulator::core {
namespace {

std::string name_of(const Image& image, const KeySlot& key) {
  const auto id = static_cast<std::uint8_t>(key.id);
  if (is_handed_on(key.purpose)) return apdu::to_hex(Bytes{key.usage}) + "/" + apdu::to_hex(Bytes{id});
  return image.df(key.df).id + "." + apdu::to_hex(Bytes{id});
}

std::optional<KeySlot> read_key(const Image& image, const Store& store, KeyIndex self) {
  const auto stored = store.find(loaded_key_cell(self));
  if (!stored) return std::nullopt;
  OctetReader in(*stored);
  const DfIndex df{in.word()};
  const EfIndex file{in.word()};
  auto key = decode_key(in.take(in.left()), store.find(key_value_cell(self)).value_or(ByteView{}));
  if (!key || index(df) >= image.dfs.size() || index(file) >= image.efs.size()) return std::nullopt;
  key->df = df;
  key->file = file;
  key->name = name_of(image, *key);
  return key;
}

}  // namespace

std::shared_ptr<const Image> overlay_keys(const std::shared_ptr<const Image>& base, const Store& store) {
  if (!store.find(loaded_key_cell(static_cast<KeyIndex>(base->keys.size())))) return base;
  auto image = std::make_shared<Image>(*base);
  while (auto key = read_key(*image, store, static_cast<KeyIndex>(image->keys.size())))
    image->keys.push_back(*std::move(key));
  return image;
}

bool has_room(const Image& image, EfIndex key_file) {
  const auto records = std::ranges::count(image.keys, std::optional(key_file), &KeySlot::file);
  return records < image.ef(key_file).max_records;
}

bool takes_id(const Ef& key_file, KeyId id) {
  const auto wanted = static_cast<std::uint8_t>(id);
  return key_file.key_ids.empty() ||
         std::ranges::any_of(key_file.key_ids, [wanted](const profile::IdRange& range) {
           return range.first <= wanted && wanted <= range.last;
         });
}

void add_key(const CardView& view, Transaction& tx, const KeySlot& key) {
  const auto self = static_cast<KeyIndex>(view.image().keys.size());
  tx.put(loaded_key_cell(self),
         apdu::concat({apdu::big_endian<2>(index(key.df)), apdu::big_endian<2>(index(*key.file)),
                       encode_key_header(key)}));
  change_key(tx, self, key.value.reveal());
}

void change_key(Transaction& tx, KeyIndex key, ByteView value) {
  tx.put(key_value_cell(key), value);
  tx.put(key_tries_cell(key), {});
}

}  // namespace ssc::simulator::core
