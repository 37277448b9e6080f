#include "simulator/core/secrets.h"

#include <algorithm>

namespace ssc::simulator::core {
namespace {

using apdu::CommandId;

constexpr std::size_t kDataAt = 5;   // after CLA INS P1 P2 Lc
constexpr std::size_t kTlvHead = 2;  // a record's tag and length stay readable
constexpr std::size_t kStatusSize = 2;

bool says_nothing_of_a_person(const Ef& ef, ByteView record) {
  if (!ef.personal) return true;
  return !record.empty() && std::ranges::find(ef.open_tags, record[0]) != ef.open_tags.end();
}

bool is_record_command(CommandId id) {
  return id == CommandId::kReadRecord || id == CommandId::kUpdateRecord;
}
bool is_file_command(CommandId id) {
  return is_record_command(id) || id == CommandId::kReadBinary || id == CommandId::kUpdateBinary;
}

// LD ‖ PIN ‖ 80 00…, as it is given to CIPHER DATA (Part 4 §8.3).
bool looks_like_pin_block(ByteView data) {
  constexpr std::uint8_t kPad = 0x80;
  if (data.empty() || data[0] == 0 || data[0] > 8 || data.size() < data[0] + 2U || data[data[0] + 1U] != kPad)
    return false;
  const ByteView rest = data.subspan(data[0] + 2U);
  return std::ranges::all_of(rest, [](std::uint8_t byte) { return byte == 0; });
}

void mark_file_data(apdu::TraceEvent& event, const Exchange& x) {
  const ByteView sent = event.command.size() > kDataAt ? event.command.subspan(kDataAt) : ByteView{};
  const ByteView got = event.response.first(event.response.size() - kStatusSize);
  const bool reading = x.row->id == CommandId::kReadRecord || x.row->id == CommandId::kReadBinary;
  const ByteView bytes = reading ? got : sent;
  if (x.target.ef && says_nothing_of_a_person(x.view.image().ef(*x.target.ef), bytes)) return;
  const std::size_t head = is_record_command(x.row->id) ? std::min(kTlvHead, bytes.size()) : 0;
  auto& ranges = reading ? event.response_secrets : event.command_secrets;
  ranges.add((reading ? 0 : kDataAt) + head, bytes.size() - head);
}

}  // namespace

void mark_secrets(apdu::TraceEvent& event, const Exchange& x) {
  if (event.command.size() <= kDataAt && (x.row == nullptr || !is_file_command(x.row->id))) return;
  const std::size_t body = event.command.size() > kDataAt ? event.command.size() - kDataAt : 0;
  if (x.row == nullptr) {
    event.command_secrets.add(kDataAt, body);
  } else if (is_file_command(x.row->id)) {
    mark_file_data(event, x);
  } else if (x.row->secret == apdu::Secret::kCommandData) {
    event.command_secrets.add(kDataAt, body);
  } else if (x.row->id == CommandId::kCipherData && looks_like_pin_block(x.data)) {
    event.command_secrets.add(kDataAt, body);
  }
}

}  // namespace ssc::simulator::core
