#include "simulator/factory.h"

#include <chrono>

#include "simulator/card/bindings.h"
#include "simulator/carrier/bindings.h"
#include "simulator/core/card_os.h"
#include "simulator/core/image_builder.h"
#include "simulator/mutants/faulty_parts.h"
#include "simulator/mutants/mutant.h"
#include "simulator/psam/bindings.h"
#include "simulator/store/counting_store.h"
#include "simulator/store/memory_store.h"
#include "simulator/store/worn_store.h"

namespace ssc::simulator {
namespace {

class SteadyClock final : public core::Clock {
 public:
  std::uint64_t now_us() override {
    const auto passed = std::chrono::steady_clock::now() - start_;
    return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(passed).count());
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

class CountingClock final : public core::Clock {
 public:
  std::uint64_t now_us() override { return 1000 * calls_++; }

 private:
  std::uint64_t calls_ = 0;
};

std::unique_ptr<keys::Random> make_random(std::uint64_t seed) {
  return seed == 0 ? keys::system_random() : keys::seeded_random(seed);
}

struct Make {
  const core::CommandSet& commands;
  apdu::Slot slot;
};

Make make_of(profile::Kind kind) {
  switch (kind) {
    case profile::Kind::kPsam:
      return {psam::commands(), apdu::Slot::kPsam};
    case profile::Kind::kCarrier:
      return {carrier::commands(), apdu::Slot::kCard};
    case profile::Kind::kCard:
      break;
  }
  return {card::commands(), apdu::Slot::kCard};
}

// A card together with everything it refers to.
class OwningCard final : public VirtualCard {
 public:
  OwningCard(const profile::CardModel& model, const CardParts& parts)
      : random_(make_random(parts.seed)),
        own_clock_(parts.clock == nullptr ? steady_clock() : nullptr),
        card_(core::build_image(model), make_of(model.kind).commands,
              core::CardEnv{*random_, parts.clock == nullptr ? *own_clock_ : *parts.clock,
                            store_of(model, parts), parts.trace, make_of(model.kind).slot}) {}
  // The same as the workbench left it.
  OwningCard(std::unique_ptr<mutants::Workbench> bench, const CardParts& parts)
      : bench_(std::move(bench)),
        random_(bench_->constant_random ? std::make_unique<mutants::ConstantRandom>()
                                        : make_random(parts.seed)),
        own_clock_(parts.clock == nullptr ? steady_clock() : nullptr),
        card_(core::build_image(bench_->model), bench_->rules(),
              core::CardEnv{*random_, parts.clock == nullptr ? *own_clock_ : *parts.clock,
                            faulty(store_of(bench_->model, parts)), parts.trace,
                            make_of(bench_->model.kind).slot}) {}

  apdu::ByteView atr() const override { return card_.atr(); }
  void power_on() override { card_.power_on(); }
  void reset() override { card_.reset(); }
  void power_off() override { card_.power_off(); }
  apdu::Response transmit(apdu::ByteView command) noexcept override { return card_.transmit(command); }

  const core::CardOs& os() const override { return card_; }
  unsigned writes() const override { return counting_store_->commits(); }

 private:
  core::Store& store_of(const profile::CardModel& model, const CardParts& parts) {
    core::Store& whole = parts.store == nullptr ? own_store_ : *parts.store;
    if (!model.memory_writes) return counting_store_.emplace(whole);
    return counting_store_.emplace(worn_store_.emplace(whole, *model.memory_writes));
  }

  core::Store& faulty(core::Store& whole) {
    if (bench_->piecemeal) return piecemeal_store_.emplace(whole);
    return bench_->forgotten.empty() ? whole : forgetful_store_.emplace(whole, bench_->forgotten);
  }

  std::unique_ptr<mutants::Workbench> bench_;  // null: a healthy card
  std::unique_ptr<keys::Random> random_;
  std::unique_ptr<core::Clock> own_clock_;
  store::MemoryStore own_store_;
  std::optional<store::WornStore> worn_store_;
  std::optional<store::CountingStore> counting_store_;
  std::optional<mutants::ForgetfulStore> forgetful_store_;
  std::optional<mutants::PiecemealStore> piecemeal_store_;
  core::CardOs card_;
};

}  // namespace

std::unique_ptr<core::Clock> steady_clock() { return std::make_unique<SteadyClock>(); }
std::unique_ptr<core::Clock> counting_clock() { return std::make_unique<CountingClock>(); }

std::unique_ptr<VirtualCard> make_card(const profile::CardModel& model, const CardParts& parts) {
  if (parts.mutant == nullptr || parts.mutant->of != model.kind)
    return std::make_unique<OwningCard>(model, parts);
  auto bench = std::make_unique<mutants::Workbench>(model, make_of(model.kind).commands);
  parts.mutant->change(*bench);
  return std::make_unique<OwningCard>(std::move(bench), parts);
}

}  // namespace ssc::simulator
