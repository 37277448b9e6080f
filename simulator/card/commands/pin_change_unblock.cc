#include "simulator/card/commands/pin_change_unblock.h"

#include "keys/standard.h"
#include "simulator/card/pin.h"

namespace ssc::simulator::card {

apdu::Response unblock_pin(const core::CardView& view, core::Transaction& tx, const core::Request&) {
  restore_tries(view, tx);
  return apdu::Response(apdu::sw::ok);
}

apdu::Response reload_pin(const core::CardView& view, core::Transaction& tx, const core::Request& request) {
  const keys::Key stk = view.key_value(*request.target.mac_key);
  const auto plain = keys::decipher(keys::session_key(stk, view.session().challenge->value), request.data);
  const bool may_be_empty = keys::block_size(stk.cipher()) == 8;
  const bool acceptable = plain && (is_pin(*plain) || (plain->empty() && may_be_empty));
  if (!acceptable) return apdu::Response(apdu::sw::wrong_data_field);
  tx.put(core::kPinCell, *plain);
  restore_tries(view, tx);
  tx.session().security.set_pin_verified(false);
  return apdu::Response(apdu::sw::ok);
}

}  // namespace ssc::simulator::card
