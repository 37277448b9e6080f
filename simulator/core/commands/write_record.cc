#include "simulator/core/commands/write_record.h"

#include "simulator/core/record_file.h"

namespace ssc::simulator::core {

apdu::Response write_record(const CardView& view, Transaction& tx, const Request& request) {
  const auto number = RecordFile(view, *request.target.ef).append(tx, request.data);
  return apdu::Response(number ? apdu::sw::ok : status_of(number.error()));
}

}  // namespace ssc::simulator::core
