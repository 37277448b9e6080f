#include "simulator/core/commands/end_of_issue.h"

namespace ssc::simulator::core {

apdu::Response end_of_issue(const CardView& view, Transaction& tx, const Request&) {
  if (view.image().life != LifeCycle::kPersonalised)
    return apdu::Response(apdu::sw::conditions_of_use_not_satisfied);
  const auto in_use = static_cast<std::uint8_t>(LifeCycle::kInUse);
  tx.put(kLifeCycleCell, ByteView(&in_use, 1));
  tx.session() = Session{};
  return apdu::Response(apdu::sw::ok);
}

}  // namespace ssc::simulator::core
