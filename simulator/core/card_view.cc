#include "simulator/core/card_view.h"

namespace ssc::simulator::core {

ByteView CardView::cell(CellId id) const {
  if (const auto stored = store_.find(id)) return *stored;
  return image_.initial(id).value_or(ByteView{});
}

PinState CardView::pin() const {
  const ByteView tries = cell(kPinTriesCell);
  return {cell(kPinCell), tries.empty() ? image_.pin_tries : unsigned{tries[0]}};
}

unsigned CardView::tries(KeyIndex key) const {
  const ByteView left = cell(key_tries_cell(key));
  return left.empty() ? image_.key(key).max_tries : unsigned{left[0]};
}

keys::Key CardView::key_value(KeyIndex key) const {
  const KeySlot& slot = image_.key(key);
  const ByteView loaded = cell(key_value_cell(key));
  return loaded.empty() ? slot.value : keys::Key(slot.value.cipher(), loaded);
}

KeyVersion CardView::group_in_use(EfIndex key_file) const {
  constexpr std::size_t kGroupAt = 1;
  const auto file = image_.ef(key_file).group_file;
  const ByteView content = file ? cell(binary_cell(*file)) : ByteView{};
  return KeyVersion{content.size() > kGroupAt && content[kGroupAt] != 0 ? content[kGroupAt]
                                                                        : std::uint8_t{1}};
}

std::optional<KeyIndex> CardView::psam_key(std::uint8_t type, KeyId id) const {
  constexpr std::uint8_t kTypeBits = 0x1F;
  std::optional<KeyIndex> only;
  bool several = false;
  for (std::size_t i = 0; i < image_.keys.size(); ++i) {
    const KeySlot& key = image_.keys[i];
    const bool is_it = key.df == session_.df && key.purpose == Purpose::kPsam &&
                       (key.usage & kTypeBits) == type && key.id == id;
    if (!is_it) continue;
    if (key.file && key.version == group_in_use(*key.file)) return static_cast<KeyIndex>(i);
    several = only.has_value();
    if (!several) only = static_cast<KeyIndex>(i);
  }
  return several ? std::nullopt : only;
}

}  // namespace ssc::simulator::core
