// The virtual pair in this process: the only place of conformance, beside vpcd, that knows the simulator.
#pragma once

#include <memory>

#include "conformance/engine/target.h"
#include "simulator/factory.h"
#include "simulator/store/tearing_store.h"

namespace ssc::conformance {

// What a virtual card is like inside, by the names of its card file. A key that never locks has no tries to
// tell.
class VirtualInnerState : public InnerState {
 public:
  // The card must outlive it, and be asked only between two commands.
  explicit VirtualInnerState(const simulator::VirtualCard& card) : card_(&card) {}

  std::optional<unsigned> tries_left(std::string_view of) const override;
  std::optional<bool> authenticated(std::string_view of) const override;
  std::optional<std::string> security() const override;
  std::optional<std::string> current_df() const override;
  std::optional<std::string> current_ef() const override;
  std::optional<unsigned> key_version(std::string_view of) const override;
  std::optional<unsigned> writes() const override { return card_->writes(); }
  std::optional<bool> challenge() const override;

 private:
  const simulator::VirtualCard* card_;
};

// The memory of a virtual card whose power can be cut while it writes.
class TearableMemory : public PowerCut {
 public:
  // Behind a reader a cut by time goes by the clock. In this process it counts half writes of 50
  // microseconds, so that a run tells the same story whenever it is told.
  enum class Time : std::uint8_t { kCounted, kOfTheClock };

  explicit TearableMemory(Time time) : time_(time) {}

  simulator::core::Store& store() { return store_; }

  void at_half_write(unsigned number) override;
  void after(std::chrono::microseconds time) override;
  bool settle() override;

 private:
  simulator::store::TearingStore store_;
  Time time_;
};

// Target "sim": each case gets a card or PSAM made anew from its model.
// `mutant`: a defect that each of them has (simulator/mutants); null: none.
std::unique_ptr<Target> in_process_target(const simulator::mutants::Mutant* mutant = nullptr);

}  // namespace ssc::conformance
