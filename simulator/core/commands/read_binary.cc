#include "simulator/core/commands/read_binary.h"

#include "simulator/core/addressing.h"

namespace ssc::simulator::core {

apdu::Response read_binary(const CardView& view, Transaction& tx, const Request& request) {
  const BinaryAddress address = binary_address(request.command.p1, request.command.p2);
  const EfIndex ef = *request.target.ef;
  const ByteView content = view.cell(binary_cell(ef));
  if (address.offset >= content.size()) return apdu::Response(apdu::sw::offset_beyond_file);
  if (address.sfi != Sfi{0}) tx.session().select(ef);
  const ByteView rest = content.subspan(address.offset);
  return {rest.first(std::min(rest.size(), apdu::kMaxResponseData)), apdu::sw::ok};
}

}  // namespace ssc::simulator::core
