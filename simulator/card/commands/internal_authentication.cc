#include "simulator/card/commands/internal_authentication.h"

#include "keys/standard.h"

namespace ssc::simulator::card {

apdu::Response internal_authentication(const core::CardView& view, core::Transaction&,
                                       const core::Request& request) {
  const auto factor = request.data.first(8);
  const auto original = request.data.subspan(8, 8);
  const auto session = keys::session_key(view.key_value(*request.target.key), factor);
  return {keys::authentication_data(session, original), apdu::sw::ok};
}

}  // namespace ssc::simulator::card
