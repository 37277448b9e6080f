#include "simulator/psam/commands/credit_sam_for_purchase.h"

namespace ssc::simulator::psam {

namespace sw = apdu::sw;

apdu::Response credit_sam_for_purchase(const core::CardView& view, core::Transaction& tx,
                                       const core::Request& request) {
  constexpr unsigned kUncounted = 15;
  const auto& expected = view.session().expected_mac2;
  if (!expected) return apdu::Response(sw::wrong_state);
  tx.session().expected_mac2.reset();
  const bool right = apdu::equal(*expected, request.data);
  return apdu::Response(right ? sw::ok : sw::tries_left(kUncounted));
}

}  // namespace ssc::simulator::psam
