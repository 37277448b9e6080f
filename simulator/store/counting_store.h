// Counts what is written: how often a card's memory changed.
#pragma once

#include "simulator/core/store.h"

namespace ssc::simulator::store {

class CountingStore final : public core::Store {
 public:
  // `inner` outlives it.
  explicit CountingStore(core::Store& inner) : inner_(inner) {}

  std::optional<core::ByteView> find(core::CellId id) const override { return inner_.find(id); }
  bool commit(std::span<const core::Change> changes) override {
    const bool written = inner_.commit(changes);
    if (written && !changes.empty()) ++commits_;
    return written;
  }
  // Those that changed something, since it was made.
  unsigned commits() const { return commits_; }

 private:
  core::Store& inner_;
  unsigned commits_ = 0;
};

}  // namespace ssc::simulator::store
