#include "simulator/core/record_file.h"

namespace ssc::simulator::core {
namespace {

constexpr std::size_t kTlvHead = 2;  // tag and length of a record

}  // namespace

RecordFile::RecordFile(const CardView& view, EfIndex ef) : view_(view), index_(ef) {
  if (cyclic()) {
    const ByteView state = view.cell(cyclic_state_cell(ef));
    if (state.empty()) return;
    newest_ = apdu::number(state.first(2));
    count_ = apdu::number(state.last(2));
  } else {
    count_ = apdu::number(view.cell(record_count_cell(ef)));
  }
}

std::size_t RecordFile::slot(std::size_t number) const {
  if (!cyclic()) return number - 1;
  return (newest_ + ef().max_records - (number - 1)) % ef().max_records;
}

ByteView RecordFile::record(std::size_t number) const {
  assert(number >= 1 && number <= count_);
  return view_.cell(record_cell(index_, slot(number)));
}

bool RecordFile::matches(std::size_t number, std::uint8_t identifier) const {
  if (identifier == 0) return true;
  const ByteView bytes = record(number);
  return !cyclic() && !bytes.empty() && bytes[0] == identifier;
}

std::optional<std::uint16_t> RecordFile::find(RecordMode mode, std::uint8_t identifier) const {
  const std::size_t current = view_.session().record;
  const bool upwards = mode == RecordMode::kFirst || mode == RecordMode::kNext;
  std::size_t number = upwards ? 1 : count_;
  if (mode == RecordMode::kNext && current != 0) number = current + 1;
  if (mode == RecordMode::kPrevious && current != 0) number = current - 1;
  while (number >= 1 && number <= count_ && !matches(number, identifier)) upwards ? ++number : --number;
  if (number < 1 || number > count_) return std::nullopt;
  return static_cast<std::uint16_t>(number);
}

FileResult<std::uint16_t> RecordFile::locate(const RecordAddress& address) const {
  if (address.mode < RecordMode::kNumber) {
    const auto found = find(address.mode, address.p1);
    if (!found) return tl::unexpected(FileError::kRecordNotFound);
    return *found;
  }
  const std::uint16_t number = address.p1 == 0 ? view_.session().record : address.p1;
  if (number == 0 || number > count_) return tl::unexpected(FileError::kRecordNotFound);
  return number;
}

FileResult<void> RecordFile::check_shape(ByteView data) const {
  const bool fixed = ef().record_length != 0 && ef().type != FileType::kLinearVariable;
  if (fixed && data.size() != ef().record_length) return tl::unexpected(FileError::kLengthAgainstTlv);
  if (cyclic()) return {};
  const bool is_tlv = data.size() >= kTlvHead && data[1] == data.size() - kTlvHead;
  if (!is_tlv) return tl::unexpected(FileError::kLengthAgainstTlv);
  return {};
}

FileResult<void> RecordFile::replace(Transaction& tx, std::size_t number, ByteView data) const {
  if (const auto shape = check_shape(data); !shape) return shape;
  const bool same_length = data.size() == record(number).size();
  if (!same_length && !ef().var_length) return tl::unexpected(FileError::kLengthAgainstTlv);
  tx.put(record_cell(index_, slot(number)), data);
  return {};
}

FileResult<std::uint16_t> RecordFile::append(Transaction& tx, ByteView data) const {
  if (const auto shape = check_shape(data); !shape) return tl::unexpected(shape.error());
  if (cyclic()) {
    const std::size_t next = count_ == 0 ? 0 : (newest_ + 1) % ef().max_records;
    const std::size_t kept = std::min<std::size_t>(count_ + 1, ef().max_records);
    tx.put(record_cell(index_, next), data);
    tx.put(cyclic_state_cell(index_), apdu::big_endian<4>(next << 16 | kept));
    return std::uint16_t{1};
  }
  if (count_ >= ef().max_records) return tl::unexpected(FileError::kNoSpace);
  tx.put(record_cell(index_, count_), data);
  tx.put(record_count_cell(index_), apdu::big_endian<2>(count_ + 1));
  return static_cast<std::uint16_t>(count_ + 1);
}

}  // namespace ssc::simulator::core
