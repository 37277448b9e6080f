#include "apdu/ber_tlv.h"

#include <fmt/format.h>

#include <charconv>

namespace ssc::apdu {
namespace {

constexpr std::size_t kMaxTagSize = 3;
constexpr int kMaxDepth = 8;

// One or more bytes that form a tag or a length.
struct Field {
  std::uint32_t value = 0;
  std::size_t size = 0;
};

tl::unexpected<TlvError> error(std::size_t position, std::string what) {
  return tl::unexpected(TlvError{position, std::move(what)});
}

tl::expected<Field, TlvError> read_tag(ByteView bytes, std::size_t position) {
  const bool one_byte = (bytes[position] & 0x1F) != 0x1F;
  std::uint32_t tag = bytes[position];
  if (one_byte) return Field{tag, 1};
  for (std::size_t size = 2; size <= kMaxTagSize; ++size) {
    if (position + size > bytes.size()) return error(bytes.size(), "ends inside a tag");
    const std::uint8_t byte = bytes[position + size - 1];
    tag = tag << 8 | byte;
    if ((byte & 0x80) == 0) return Field{tag, size};
  }
  return error(position, "tag of more than 3 bytes");
}

tl::expected<Field, TlvError> read_length(ByteView bytes, std::size_t position) {
  if (position >= bytes.size()) return error(position, "ends before a length");
  const std::uint8_t first = bytes[position];
  if (first < 0x80) return Field{first, 1};
  if (first != 0x81 && first != 0x82) return error(position, fmt::format("length byte {:02X}", first));
  const std::size_t more = first & 0x7FU;
  if (position + 1 + more > bytes.size()) return error(bytes.size(), "ends inside a length");
  return Field{static_cast<std::uint32_t>(number(bytes.subspan(position + 1, more))), 1 + more};
}

bool is_fill(std::uint8_t byte) { return byte == 0x00 || byte == 0xFF; }

// The hexadecimal number that is the next step of a path; nothing when it is none.
std::optional<std::uint32_t> parse_step(std::string_view step) {
  std::uint32_t tag = 0;
  const char* end = step.data() + step.size();
  const auto result = std::from_chars(step.data(), end, tag, 16);
  const bool whole = result.ec == std::errc() && result.ptr == end && step.size() % 2 == 0;
  return whole && step.size() <= 2 * kMaxTagSize ? std::optional(tag) : std::nullopt;
}

tl::expected<ByteView, TlvError> find_child(ByteView bytes, std::uint32_t tag) {
  TlvReader reader(bytes);
  for (auto item = reader.next(); true; item = reader.next()) {
    if (!item) return tl::unexpected(item.error());
    if (!*item) return error(bytes.size(), fmt::format("tag {:02X} is not there", tag));
    if ((*item)->tag == tag) return (*item)->value;
  }
}

bool is_ber_tlv(ByteView bytes, int levels) {
  TlvReader reader(bytes);
  bool any = false;
  for (auto item = reader.next(); item; item = reader.next()) {
    if (!*item) return any;
    const bool nested = (*item)->constructed() && !(*item)->value.empty();
    if (nested && (levels == 1 || !is_ber_tlv((*item)->value, levels - 1))) return false;
    any = true;
  }
  return false;
}

// Precondition: tag of up to 3 bytes.
std::size_t tag_size(std::uint32_t tag) { return tag > 0xFFFF ? 3 : tag > 0xFF ? 2 : 1; }

void append_number(Bytes& out, std::size_t value, std::size_t size) {
  while (size-- > 0) out.push_back(static_cast<std::uint8_t>(value >> (8 * size) & 0xFF));
}

}  // namespace

tl::expected<std::optional<Tlv>, TlvError> TlvReader::next() {
  while (position_ < bytes_.size() && is_fill(bytes_[position_])) ++position_;
  const std::size_t start = position_;
  position_ = bytes_.size();
  if (start == bytes_.size()) return std::nullopt;
  const auto tag = read_tag(bytes_, start);
  if (!tag) return tl::unexpected(tag.error());
  const auto length = read_length(bytes_, start + tag->size);
  if (!length) return tl::unexpected(length.error());
  const std::size_t value_at = start + tag->size + length->size;
  if (length->value > bytes_.size() - value_at)
    return error(value_at,
                 fmt::format("length {:02X} but {} bytes follow", length->value, bytes_.size() - value_at));
  position_ = value_at + length->value;
  return Tlv{tag->value, bytes_.subspan(value_at, length->value), bytes_.subspan(start, position_ - start)};
}

tl::expected<ByteView, TlvError> find_tlv(ByteView bytes, std::string_view path) {
  while (true) {
    const std::size_t slash = path.find('/');
    const std::string_view step = path.substr(0, slash);
    const auto tag = parse_step(step);
    if (!tag) return error(0, fmt::format("'{}' is no tag", step));
    const auto found = find_child(bytes, *tag);
    if (!found || slash == std::string_view::npos) return found;
    bytes = *found;
    path.remove_prefix(slash + 1);
  }
}

bool is_ber_tlv(ByteView bytes) { return is_ber_tlv(bytes, kMaxDepth); }

void append_tlv(Bytes& out, std::uint32_t tag, ByteView value) {
  append_number(out, tag, tag_size(tag));
  if (value.size() > 0xFF) {
    out.push_back(0x82);
    append_number(out, value.size(), 2);
  } else {
    if (value.size() >= 0x80) out.push_back(0x81);
    append_number(out, value.size(), 1);
  }
  out.insert(out.end(), value.begin(), value.end());
}

Bytes encode_tlv(std::uint32_t tag, ByteView value) {
  Bytes out;
  append_tlv(out, tag, value);
  return out;
}

}  // namespace ssc::apdu
