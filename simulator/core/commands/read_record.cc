#include "simulator/core/commands/read_record.h"

#include "simulator/core/record_file.h"

namespace ssc::simulator::core {
namespace {

using apdu::Response;

// Records from `from` to the last, or from the last down to `from`, in a row; as many whole ones as fit into
// an answer.
Response several_records(const RecordFile& file, std::size_t from, bool downwards) {
  Response answer(apdu::sw::ok);
  for (std::size_t i = from; i <= file.count(); ++i) {
    const ByteView record = file.record(downwards ? file.count() - (i - from) : i);
    if (record.size() > answer.data.room()) break;
    answer.data.append(record);
  }
  return answer;
}

// Number addressing leaves the record pointer, identifier addressing moves it, an SFI forgets it (Part 3
// §5.3).
void move_pointer(Session& session, const RecordAddress& address, EfIndex ef, std::uint16_t number) {
  if (address.sfi != Sfi{0}) session.select(ef);
  if (address.mode < RecordMode::kNumber) session.record = number;
}

}  // namespace

Response read_record(const CardView& view, Transaction& tx, const Request& request) {
  const RecordAddress address = record_address(request.command.p1, request.command.p2);
  const RecordFile file(view, *request.target.ef);
  const auto number = file.locate(address);
  if (!number) return Response(status_of(number.error()));
  move_pointer(tx.session(), address, *request.target.ef, *number);
  if (address.mode == RecordMode::kNumberToLast) return several_records(file, *number, false);
  if (address.mode == RecordMode::kLastToNumber) return several_records(file, *number, true);
  return {file.record(*number), apdu::sw::ok};
}

}  // namespace ssc::simulator::core
