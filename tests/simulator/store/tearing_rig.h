// A card on a store that loses power.
#pragma once

#include "simulator/carrier/bindings.h"
#include "simulator/store/tearing_store.h"
#include "tests/simulator/psam/test_psam.h"
#include "tests/simulator/store/writing_commands.h"

namespace ssc::simulator::test {

using Cells = std::map<core::CellId, Bytes>;

// Remembers the cells after every commit.
class WatchedStore final : public core::Store {
 public:
  std::optional<ByteView> find(core::CellId id) const override { return inner.find(id); }
  bool commit(std::span<const core::Change> changes) override {
    const bool done = inner.commit(changes);
    states.push_back(inner.cells());
    return done;
  }
  store::TearingStore inner;
  std::vector<Cells> states{Cells{}};
};

// The card or PSAM a command is for, powered, on a store given.
class Subjected {
 public:
  Subjected(Subject subject, core::Store& store)
      : random_(subject == Subject::kMedical ? static_cast<keys::Random&>(medical_random_) : fixed_random_),
        card_(core::build_image(model(subject)), commands(subject), core::CardEnv{random_, clock_, store}) {
    card_.power_on();
  }

  std::string send(std::string_view command) { return apdu::to_hex(card_.transmit(hex(command)).encode()); }
  core::CardOs& card() { return card_; }

 private:
  static const core::CommandSet& commands(Subject subject) {
    if (subject == Subject::kPsam) return psam::commands();
    return subject == Subject::kCarrier ? carrier::commands() : card::commands();
  }
  static CardModel model(Subject subject) {
    if (subject == Subject::kCarrier) return profile::load_card("sample-master-card").value();
    if (subject == Subject::kPsam) return small_psam();
    return subject == Subject::kMedical ? medical_model() : small_card();
  }

  MedicalRandom medical_random_;
  FixedRandom fixed_random_;
  keys::Random& random_;
  ZeroClock clock_;
  core::CardOs card_;
};

// The same on a store of its own, with the command's past behind it.
class Rig {
 public:
  explicit Rig(const WritingCommand& command) : subjected_(command.subject, store) {
    for (const std::string& step : command.before) send(step);
    store.states.assign(1, store.inner.cells());
  }
  std::string send(std::string_view command) { return subjected_.send(command); }
  void power_cycle() {
    subjected_.card().power_off();
    store.inner.power_up();
    subjected_.card().power_on();
  }
  WatchedStore store;

 private:
  Subjected subjected_;
};

}  // namespace ssc::simulator::test
