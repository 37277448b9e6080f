#include "simulator/card/commands/change_pin.h"

#include "simulator/card/pin.h"

namespace ssc::simulator::card {

apdu::Response change_pin(const core::CardView& view, core::Transaction& tx, const core::Request& request) {
  const auto pins = split_pins(request.data);
  if (!pins) return apdu::Response(apdu::sw::wrong_data_field);
  const apdu::StatusWord result = compare_pin(view, tx, pins->old_pin);
  if (result.ok()) tx.put(core::kPinCell, pins->new_pin);
  return apdu::Response(result);
}

}  // namespace ssc::simulator::card
