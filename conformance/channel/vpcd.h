// Virtual cards that this program itself inserts into vpcd and drives through PC/SC: beside in_process, the
// only place of conformance that knows the simulator.
#pragma once

#include <memory>
#include <string>

#include "conformance/engine/target.h"
#include "simulator/core/smart_card.h"
#include "simulator/factory.h"

namespace ssc::conformance {

// One of vpcd's readers with a card of ours in it. The card is served from a thread of its own.
class VpcdChannel : public apdu::Channel {
 public:
  // Puts the card into vpcd's slot (0 or 1) and waits until pcscd sees it. Error, one line that says how to
  // mend it: no pcscd, no virtual reader, the slot taken by another program.
  static tl::expected<std::unique_ptr<VpcdChannel>, apdu::ChannelError> insert(
      unsigned slot, std::unique_ptr<simulator::core::SmartCard> card);
  ~VpcdChannel() override;
  VpcdChannel(const VpcdChannel&) = delete;
  VpcdChannel& operator=(const VpcdChannel&) = delete;

  // Takes the power off and puts another card in the place of this one; the reader never sees an empty slot.
  // Error: the card before had left the reader, and this one is not seen in time.
  tl::expected<void, apdu::ChannelError> swap_card(std::unique_ptr<simulator::core::SmartCard> card);

  tl::expected<apdu::Bytes, apdu::ChannelError> power_on() override;
  tl::expected<apdu::Bytes, apdu::ChannelError> reset() override;
  void power_off() override;
  tl::expected<apdu::Response, apdu::ChannelError> transmit(apdu::ByteView command) override;

 private:
  class Slot;  // the card, its client of vpcd, and the reader

  explicit VpcdChannel(std::unique_ptr<Slot> slot);

  std::unique_ptr<Slot> slot_;
};

// Target "vpcd": each case gets a card or PSAM made anew from its model, in vpcd's slot 0 or 1. Error: as
// VpcdChannel::insert, found before any card is made.
// `mutant`: a defect that each of them has; null: none.
tl::expected<std::unique_ptr<Target>, apdu::ChannelError> vpcd_target(
    unsigned slot, const simulator::mutants::Mutant* mutant = nullptr);

}  // namespace ssc::conformance
