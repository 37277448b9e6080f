#include "simulator/card/commands/verify.h"

#include "simulator/card/pin.h"

namespace ssc::simulator::card {
namespace {

apdu::StatusWord ask(const core::PinState& pin) {
  return pin.empty() ? apdu::sw::ok : apdu::sw::tries_left(pin.tries);
}

}  // namespace

apdu::Response verify(const core::CardView& view, core::Transaction& tx, const core::Request& request) {
  if (request.data.empty()) return apdu::Response(ask(view.pin()));
  const apdu::StatusWord result = compare_pin(view, tx, request.data);
  if (result.ok()) tx.session().security.set_pin_verified(true);
  return apdu::Response(result);
}

}  // namespace ssc::simulator::card
