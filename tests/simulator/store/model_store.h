// What a store is, in a few lines: a map that a commit changes whole or not at all.
#pragma once

#include "simulator/store/tearing_store.h"
#include "tests/simulator/store/tearing_rig.h"

namespace ssc::simulator::test {

// A tearing store with its model beside it; every commit and every recovery is compared.
class ModelledStore final : public core::Store {
 public:
  std::optional<ByteView> find(core::CellId id) const override { return real.find(id); }

  bool commit(std::span<const core::Change> changes) override {
    Cells after = model_;
    for (const core::Change& change : changes)
      after[change.id].assign(change.value.begin(), change.value.end());
    const bool had_power = real.has_power();
    const bool done = real.commit(changes);
    if (done) {
      model_ = std::move(after);
      EXPECT_EQ(real.cells(), model_);
    } else if (had_power) {
      torn_ = std::move(after);
    }
    return done;
  }

  // What a recovery left: the old state, or the one the torn commit was for.
  void recovered() {
    EXPECT_TRUE(real.cells() == model_ || (torn_ && real.cells() == *torn_));
    model_ = real.cells();
    torn_.reset();
  }

  store::TearingStore real;

 private:
  Cells model_;
  std::optional<Cells> torn_;  // the state after the commit that power cut, if it had been done
};

}  // namespace ssc::simulator::test
