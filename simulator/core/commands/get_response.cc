#include "simulator/core/commands/get_response.h"

namespace ssc::simulator::core {

apdu::Response get_response(const CardView& view, Transaction& tx, const Request& request) {
  const ByteView waiting = view.session().pending;
  if (waiting.empty()) return apdu::Response(apdu::sw::data_invalid);
  const std::size_t wanted = request.command.le.value_or(apdu::kMaxResponseData);
  if (wanted > waiting.size()) {
    tx.session().pending = view.session().pending;
    return apdu::Response(apdu::sw::wrong_le(waiting.size()));
  }
  const ByteView rest = waiting.subspan(wanted);
  tx.session().pending = InplaceBytes<apdu::kMaxResponseData>(rest);
  return {waiting.first(wanted), rest.empty() ? apdu::sw::ok : apdu::sw::bytes_available(rest.size())};
}

}  // namespace ssc::simulator::core
