// Memory that wears out: a store that takes a number of commits and refuses every one after them (6581 on the
// card).
#pragma once

#include "simulator/core/store.h"

namespace ssc::simulator::store {

class WornStore final : public core::Store {
 public:
  // `inner` outlives it.
  WornStore(core::Store& inner, unsigned commits_left) : inner_(inner), commits_left_(commits_left) {}

  std::optional<core::ByteView> find(core::CellId id) const override { return inner_.find(id); }
  bool commit(std::span<const core::Change> changes) override {
    if (commits_left_ == 0) return false;
    --commits_left_;
    return inner_.commit(changes);
  }

 private:
  core::Store& inner_;
  unsigned commits_left_;
};

}  // namespace ssc::simulator::store
