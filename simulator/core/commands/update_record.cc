#include "simulator/core/commands/update_record.h"

#include "simulator/core/record_file.h"

namespace ssc::simulator::core {
namespace {

using apdu::Response;

bool by_identifier(const RecordAddress& address) { return address.mode < RecordMode::kNumber; }

// Whether a record that was not found is a new one: the next number, or any identifier (Part 5 §6.13.1).
bool is_addition(const RecordFile& file, const RecordAddress& address) {
  return by_identifier(address) || address.p1 == file.count() + 1;
}

FileResult<std::uint16_t> write(const CardView& view, Transaction& tx, const Request& request,
                                const RecordAddress& address) {
  const RecordFile file(view, *request.target.ef);
  const bool cyclic = view.image().ef(*request.target.ef).type == FileType::kCyclic;
  if (cyclic && address.mode == RecordMode::kPrevious) return file.append(tx, request.data);
  const bool other_tag = by_identifier(address) && address.p1 != 0 && address.p1 != request.data[0];
  if (!cyclic && other_tag) return tl::unexpected(FileError::kWrongTag);
  const auto number = file.locate(address);
  if (!number && !cyclic && is_addition(file, address)) return file.append(tx, request.data);
  if (!number) return number;
  return file.replace(tx, *number, request.data).map([&] { return *number; });
}

}  // namespace

Response update_record(const CardView& view, Transaction& tx, const Request& request) {
  const RecordAddress address = record_address(request.command.p1, request.command.p2);
  const auto number = write(view, tx, request, address);
  if (!number) return Response(status_of(number.error()));
  if (address.sfi != Sfi{0}) tx.session().select(*request.target.ef);
  const bool current = !by_identifier(address) && address.p1 == 0;
  if (by_identifier(address) || current) tx.session().record = *number;
  return Response(apdu::sw::ok);
}

}  // namespace ssc::simulator::core
