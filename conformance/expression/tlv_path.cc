#include "conformance/expression/tlv_path.h"

#include <charconv>
#include <optional>

#include "apdu/hex.h"

namespace ssc::conformance {
namespace {

struct Element {
  ByteView tag;
  ByteView value;
};

// Splits the first element off `data`; a two-octet tag has all low five bits of its first octet set.
std::optional<Element> take_element(ByteView& data, std::size_t wanted_tag_size) {
  const std::size_t tag_size = wanted_tag_size == 1 || data.empty() || (data[0] & 0x1F) != 0x1F ? 1 : 2;
  if (data.size() < tag_size + 1) return std::nullopt;
  const ByteView tag = data.first(tag_size);
  std::size_t length = data[tag_size];
  std::size_t head = tag_size + 1;
  if (length == 0x81 && wanted_tag_size == 2 && data.size() > head) length = data[head++];
  if (data.size() - head < length) return std::nullopt;
  const ByteView value = data.subspan(head, length);
  data = data.subspan(head + length);
  return Element{tag, value};
}

// Tags of one octet whose low bits are all set (9F, 5F) are two-octet tags in BER and plain tags in a record:
// try the reading of BER first.
std::optional<ByteView> find_child(ByteView data, ByteView tag, unsigned index) {
  for (const std::size_t tag_size : {std::size_t{2}, std::size_t{1}}) {
    if (tag_size < tag.size()) continue;
    ByteView rest = data;
    unsigned left = index;
    while (auto element = take_element(rest, tag_size)) {
      if (apdu::equal(element->tag, tag) && --left == 0) return element->value;
    }
  }
  return std::nullopt;
}

// "70[2]": a tag, and which of its elements, counted from 1.
struct PathStep {
  std::string_view tag;
  unsigned index = 1;
};

std::optional<PathStep> parse_step(std::string_view text) {
  PathStep step{text};
  const std::size_t bracket = text.find('[');
  if (bracket == std::string_view::npos) return step;
  step.tag = text.substr(0, bracket);
  const std::string_view digits = text.substr(bracket + 1);
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), step.index);
  const bool closed = failure == std::errc() && digits.ends_with(']') && end == &digits.back();
  return closed && step.index > 0 ? std::optional(step) : std::nullopt;
}

}  // namespace

Evaluated<Bytes> find_tlv(ByteView data, std::string_view path) {
  ByteView value = data;
  std::size_t start = 0;
  while (start <= path.size()) {
    const std::size_t end = std::min(path.find('/', start), path.size());
    const auto step = parse_step(path.substr(start, end - start));
    const auto tag = apdu::parse_hex(step ? step->tag : "");
    if (!step || !tag || tag->empty() || tag->size() > 2)
      return tl::make_unexpected("'" + std::string(path) + "' is no TLV path; write tags like 6F/A5/88");
    const auto found = find_child(value, *tag, step->index);
    if (!found)
      return tl::make_unexpected("tag " + std::string(path.substr(start, end - start)) + " of path " +
                                 std::string(path) + " is not there");
    value = *found;
    start = end + 1;
  }
  return Bytes(value.begin(), value.end());
}

}  // namespace ssc::conformance
