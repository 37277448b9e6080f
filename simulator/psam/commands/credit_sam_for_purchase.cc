#include "simulator/psam/commands/credit_sam_for_purchase.h"

namespace ssc::simulator::psam {

namespace sw = apdu::sw;

apdu::Response credit_sam_for_purchase(const core::CardView& view, core::Transaction& tx,
                                       const core::Request& request) {
  constexpr unsigned kUncounted = 15;
  const auto& expected = view.session().expected_mac2;
  if (!view.df().application) return apdu::Response(sw::conditions_of_use_not_satisfied);
  if (!expected) return apdu::Response(sw::wrong_state);
  tx.session().expected_mac2.reset();
  if (apdu::equal(*expected, request.data)) return apdu::Response(sw::ok);
  return apdu::Response(view.image().wrong_mac2_is_9302 ? sw::mac_invalid : sw::tries_left(kUncounted));
}

}  // namespace ssc::simulator::psam
