#include "simulator/card/commands/card_block.h"

namespace ssc::simulator::card {

apdu::Response card_block(const core::CardView&, core::Transaction& tx, const core::Request&) {
  tx.put(core::kCardBlockedCell, core::kBlockedMark);
  return apdu::Response(apdu::sw::ok);
}

}  // namespace ssc::simulator::card
