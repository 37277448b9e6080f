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

}  // namespace ssc::simulator::core
