#include "simulator/core/commands/update_binary.h"

#include <algorithm>

#include "simulator/core/addressing.h"

namespace ssc::simulator::core {

apdu::Response update_binary(const CardView& view, Transaction& tx, const Request& request) {
  const BinaryAddress address = binary_address(request.command.p1, request.command.p2);
  const EfIndex ef = *request.target.ef;
  const ByteView content = view.cell(binary_cell(ef));
  const bool inside = address.offset + request.data.size() <= content.size();
  if (!inside) return apdu::Response(apdu::sw::offset_beyond_file);
  if (address.sfi != Sfi{0}) tx.session().select(ef);
  tx.put_patched(binary_cell(ef), content, address.offset, request.data);
  return apdu::Response(apdu::sw::ok);
}

}  // namespace ssc::simulator::core
