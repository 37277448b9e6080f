#include "apdu/record_tlv.h"

#include <fmt/format.h>

namespace ssc::apdu {
namespace {

constexpr std::size_t kHeadSize = 2;  // tag and length

// The item at `position`, which may be followed by others.
tl::expected<RecordItem, TlvError> read_item(ByteView bytes, std::size_t position) {
  const ByteView rest = bytes.subspan(position);
  if (rest.size() < kHeadSize) return tl::unexpected(TlvError{bytes.size(), "ends before a length"});
  const std::size_t length = rest[1];
  const std::size_t left = rest.size() - kHeadSize;
  if (length > left) {
    return tl::unexpected(
        TlvError{position + 1, fmt::format("length {:02X} but {} bytes follow", length, left)});
  }
  return RecordItem{rest[0], rest.subspan(kHeadSize, length)};
}

}  // namespace

tl::expected<RecordItem, TlvError> parse_record(ByteView record) {
  auto item = read_item(record, 0);
  if (!item) return item;
  const std::size_t size = kHeadSize + item->value.size();
  if (size != record.size())
    return tl::unexpected(TlvError{size, fmt::format("{} bytes after the value", record.size() - size)});
  return item;
}

tl::expected<std::vector<RecordItem>, TlvError> parse_records(ByteView bytes) {
  std::vector<RecordItem> items;
  for (std::size_t position = 0; position < bytes.size();) {
    const auto item = read_item(bytes, position);
    if (!item) return tl::unexpected(item.error());
    position += kHeadSize + item->value.size();
    items.push_back(*item);
  }
  return items;
}

Bytes encode_record(std::uint8_t tag, ByteView value) {
  Bytes out{tag, static_cast<std::uint8_t>(value.size())};
  out.insert(out.end(), value.begin(), value.end());
  return out;
}

}  // namespace ssc::apdu
