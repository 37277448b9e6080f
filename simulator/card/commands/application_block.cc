#include "simulator/card/commands/application_block.h"

namespace ssc::simulator::card {

apdu::Response application_block(const core::CardView& view, core::Transaction& tx, const core::Request&) {
  tx.put(core::blocked_cell(view.session().df), core::kBlockedMark);
  return apdu::Response(apdu::sw::ok);
}

}  // namespace ssc::simulator::card
