#include "simulator/core/transaction.h"

#include <algorithm>
#include <cassert>

namespace ssc::simulator::core {

void Transaction::begin(const Session& before) {
  after_ = before;
  pending_.clear();
  arena_.clear();
}

void Transaction::put(CellId id, ByteView value) {
  std::erase_if(pending_, [id](const Pending& change) { return change.id == id; });
  pending_.push_back({id, arena_.size(), value.size()});
  arena_.insert(arena_.end(), value.begin(), value.end());
}

void Transaction::put_patched(CellId id, ByteView value, std::size_t offset, ByteView patch) {
  put(id, value);
  const std::size_t start = pending_.back().offset + offset;
  std::ranges::copy(patch, arena_.begin() + static_cast<std::ptrdiff_t>(start));
}

bool Transaction::spend_try(CellId counter, unsigned tries) {
  assert(tries > 0);
  const std::uint8_t left = static_cast<std::uint8_t>(tries - 1);
  const Change change{counter, ByteView(&left, 1)};
  return store_.commit({&change, 1});
}

bool Transaction::changes_structure() const {
  return std::ranges::any_of(pending_, [](const Pending& change) { return is_structure(change.id); });
}

bool Transaction::commit() {
  if (pending_.empty()) return true;
  changes_.clear();
  for (const Pending& change : pending_) {
    changes_.push_back({change.id, ByteView(arena_).subspan(change.offset, change.size)});
  }
  return store_.commit(changes_);
}

}  // namespace ssc::simulator::core
