// Injected parts with a defect.
#pragma once

#include <algorithm>
#include <vector>

#include "keys/random.h"
#include "simulator/core/store.h"

namespace ssc::simulator::mutants {

class ConstantRandom final : public keys::Random {
 public:
  void fill(std::span<std::uint8_t> out) override { std::ranges::fill(out, std::uint8_t{0x5A}); }
};

// Says that everything was written, and drops changes of some kinds.
class ForgetfulStore final : public core::Store {
 public:
  // `inner` outlives it.
  ForgetfulStore(core::Store& inner, std::vector<core::CellKind> forgotten)
      : inner_(inner), forgotten_(std::move(forgotten)) {}

  std::optional<core::ByteView> find(core::CellId id) const override { return inner_.find(id); }
  bool commit(std::span<const core::Change> changes) override {
    std::vector<core::Change> kept;
    std::ranges::copy_if(changes, std::back_inserter(kept), [this](const core::Change& change) {
      return std::ranges::find(forgotten_, change.id.kind) == forgotten_.end();
    });
    return inner_.commit(kept);
  }

 private:
  core::Store& inner_;
  std::vector<core::CellKind> forgotten_;
};

// Each change by itself: power that goes between two leaves half a transaction.
class PiecemealStore final : public core::Store {
 public:
  // `inner` outlives it.
  explicit PiecemealStore(core::Store& inner) : inner_(inner) {}

  std::optional<core::ByteView> find(core::CellId id) const override { return inner_.find(id); }
  bool commit(std::span<const core::Change> changes) override {
    return std::ranges::all_of(changes, [this](const core::Change& change) {
      return inner_.commit({&change, 1});
    });
  }

 private:
  core::Store& inner_;
};

}  // namespace ssc::simulator::mutants
