// The virtual pair in this process: the only place of conformance, beside vpcd, that knows the simulator.
#pragma once

#include <memory>

#include "conformance/engine/target.h"
#include "simulator/factory.h"

namespace ssc::conformance {

// What a virtual card is like inside, by the names of its card file. A key that never locks has no tries to
// tell.
class VirtualInnerState : public InnerState {
 public:
  // The card must outlive it, and be asked only between two commands.
  explicit VirtualInnerState(const simulator::VirtualCard& card) : card_(&card) {}

  std::optional<unsigned> tries_left(std::string_view of) const override;
  std::optional<bool> authenticated(std::string_view of) const override;

 private:
  const simulator::VirtualCard* card_;
};

// Target "sim": each case gets a card or PSAM made anew from its model.
std::unique_ptr<Target> in_process_target();

}  // namespace ssc::conformance
