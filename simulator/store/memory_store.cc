#include "simulator/store/memory_store.h"

namespace ssc::simulator::store {

std::optional<core::ByteView> MemoryStore::find(core::CellId id) const {
  const auto it = cells_.find(id);
  if (it == cells_.end()) return std::nullopt;
  return core::ByteView(it->second);
}

bool MemoryStore::commit(std::span<const core::Change> changes) {
  for (const core::Change& change : changes) {
    cells_[change.id].assign(change.value.begin(), change.value.end());
  }
  return true;
}

}  // namespace ssc::simulator::store
