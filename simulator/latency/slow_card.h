// A card that takes its time.
#pragma once

#include <functional>
#include <memory>
#include <random>

#include "simulator/core/smart_card.h"
#include "simulator/latency/latency_profile.h"

namespace ssc::simulator::latency {

using Sleep = std::function<void(Microseconds)>;

// Sleeps on the caller's thread.
void sleep_here(Microseconds duration);

// Passes everything on to `card`; an answer waits, computed already, as long as the profile says. Power and
// reset are not delayed. The same seed gives the same jitter.
class SlowCard final : public core::SmartCard {
 public:
  // `commands`: the catalogue of this kind of card; by it a command is known.
  SlowCard(std::unique_ptr<core::SmartCard> card, LatencyProfile profile, apdu::CommandTable commands,
           std::uint64_t seed, Sleep sleep = sleep_here);

  apdu::ByteView atr() const override { return card_->atr(); }
  void power_on() override { card_->power_on(); }
  void reset() override { card_->reset(); }
  void power_off() override { card_->power_off(); }
  apdu::Response transmit(apdu::ByteView command) noexcept override;

 private:
  const Delay& delay_of(apdu::ByteView command) const;
  Microseconds duration(apdu::ByteView command, const apdu::Response& answer);

  std::unique_ptr<core::SmartCard> card_;
  LatencyProfile profile_;
  apdu::CommandTable commands_;
  std::mt19937_64 random_;
  Sleep sleep_;
};

}  // namespace ssc::simulator::latency
