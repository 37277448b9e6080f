#include "simulator/psam/commands/delivery_session_key.h"

#include "keys/standard.h"
#include "simulator/psam/diversification.h"
#include "simulator/psam/usage.h"

namespace ssc::simulator::psam {

apdu::Response delivery_session_key(const core::CardView& view, core::Transaction& tx,
                                    const core::Request& request) {
  const core::KeySlot& slot = view.image().key(*request.target.key);
  const std::size_t factors = 8 * levels_of(slot.usage);
  const std::size_t session_factor = keys::block_size(slot.value.cipher());
  const bool levels_fit = request.command.p1 == slot.usage && request.data.size() == factors + session_factor;
  if (!levels_fit) return apdu::Response(apdu::sw::wrong_data_field);
  const auto key = card_key(view.key_value(*request.target.key), request.data.first(factors));
  core::DeliveredKey delivered;
  delivered.key = keys::session_key(key, request.data.last(session_factor));
  delivered.type = type_of(slot.usage);
  tx.session().delivered = delivered;
  return apdu::Response(apdu::sw::ok);
}

}  // namespace ssc::simulator::psam
