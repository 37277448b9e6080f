#include "simulator/factory.h"

#include <chrono>

#include "simulator/card/bindings.h"
#include "simulator/core/card_os.h"
#include "simulator/core/image_builder.h"
#include "simulator/psam/bindings.h"
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

bool is_card(const profile::CardModel& model) { return model.kind == profile::Kind::kCard; }

// A card together with everything it refers to.
class OwningCard final : public VirtualCard {
 public:
  OwningCard(const profile::CardModel& model, const CardParts& parts)
      : random_(make_random(parts.seed)),
        own_clock_(parts.clock == nullptr ? steady_clock() : nullptr),
        card_(core::build_image(model), is_card(model) ? card::commands() : psam::commands(),
              core::CardEnv{*random_, parts.clock == nullptr ? *own_clock_ : *parts.clock,
                            store_of(model, parts), parts.trace,
                            is_card(model) ? apdu::Slot::kCard : apdu::Slot::kPsam}) {}

  apdu::ByteView atr() const override { return card_.atr(); }
  void power_on() override { card_.power_on(); }
  void reset() override { card_.reset(); }
  void power_off() override { card_.power_off(); }
  apdu::Response transmit(apdu::ByteView command) noexcept override { return card_.transmit(command); }

  const core::CardOs& os() const override { return card_; }

 private:
  core::Store& store_of(const profile::CardModel& model, const CardParts& parts) {
    core::Store& whole = parts.store == nullptr ? own_store_ : *parts.store;
    if (!model.memory_writes) return whole;
    return worn_store_.emplace(whole, *model.memory_writes);
  }

  std::unique_ptr<keys::Random> random_;
  std::unique_ptr<core::Clock> own_clock_;
  store::MemoryStore own_store_;
  std::optional<store::WornStore> worn_store_;
  core::CardOs card_;
};

}  // namespace

std::unique_ptr<core::Clock> steady_clock() { return std::make_unique<SteadyClock>(); }
std::unique_ptr<core::Clock> counting_clock() { return std::make_unique<CountingClock>(); }

std::unique_ptr<VirtualCard> make_card(const profile::CardModel& model, const CardParts& parts) {
  return std::make_unique<OwningCard>(model, parts);
}

}  // namespace ssc::simulator
