// One call from a card model to a running card or PSAM.
#pragma once

#include <memory>

#include "simulator/core/card_os.h"
#include "simulator/profile/model.h"

namespace ssc::simulator {

// Microseconds of the steady clock since it was made.
std::unique_ptr<core::Clock> steady_clock();
// A clock that says 0, 1, 2, … thousand microseconds: for runs that must be the same byte for byte.
std::unique_ptr<core::Clock> counting_clock();

namespace mutants {
struct Mutant;
}

struct CardParts {
  std::uint64_t seed = 0;            // 0: randomness of the operating system
  apdu::TraceSink* trace = nullptr;  // outlives the card
  core::Clock* clock = nullptr;      // outlives the card; null: the card has a steady clock of its own
  core::Store* store = nullptr;      // outlives the card; null: a memory store of its own
  // A defect that the card has, if it is of its kind; null: a healthy card, made of the standard's own
  // tables.
  const mutants::Mutant* mutant = nullptr;
};

// A card that can be looked into.
class VirtualCard : public core::SmartCard {
 public:
  // Its state between two commands.
  virtual const core::CardOs& os() const = 0;
  // How often it changed its memory since it was made.
  virtual unsigned writes() const = 0;
};

// A virtual card, or a PSAM, by the model's kind. It owns all parts not given.
std::unique_ptr<VirtualCard> make_card(const profile::CardModel& model, const CardParts& parts);

}  // namespace ssc::simulator
