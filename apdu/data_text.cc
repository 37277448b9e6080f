#include "apdu/data_text.h"

#include <fmt/format.h>

#include <numeric>

#include "apdu/ber_tlv.h"
#include "apdu/hex.h"
#include "apdu/record_tlv.h"
#include "apdu/text/gbk.h"

namespace ssc::apdu {
namespace {

constexpr std::size_t kRemarkColumn = 56;  // after the head of a TLV and 16 octets
constexpr std::size_t kMacSize = 4;

constexpr std::uint32_t kIssuerData = 0x9F0C;
constexpr std::uint32_t kCipher = 0x86;

struct TagName {
  std::uint32_t tag;
  Phrase name;
};

// Part 5 t.36-38, Part 3 §6.5.2.
constexpr std::array kTagNames{
    TagName{0x6F, {"FCI", "文件控制信息"}},
    TagName{0x84, {"DF name", "DF名称"}},
    TagName{0xA5, {"proprietary data", "专用数据"}},
    TagName{0x88, {"SFI of DIR", "目录文件SFI"}},
    TagName{kIssuerData, {"issuer data", "发卡机构数据"}},
    TagName{kCipher, {"cipher", "算法"}},
    TagName{0x61, {"DIR entry", "目录入口"}},
    TagName{0x4F, {"AID", "应用标识"}},
    TagName{0x50, {"label", "应用标签"}},
};

using Lines = std::vector<std::string>;

// One item: head, octets, and what they are in the common column; further octets under the first.
void add_item(Lines& lines, const std::string& head, const MaskedView& value, std::string_view remark) {
  const std::vector<std::string> rows = value.rows();
  std::string line = head + (rows.empty() ? "" : rows.front());
  if (!remark.empty()) {
    line.resize(std::max(line.size() + 2, kRemarkColumn), ' ');
    line += remark;
  }
  lines.push_back(std::move(line));
  for (std::size_t i = 1; i < rows.size(); ++i) lines.push_back(std::string(head.size(), ' ') + rows[i]);
}

std::string quoted_text(const MaskedView& value) {
  const std::string text = value.any_hidden() ? "" : likely_text(value.bytes());
  return text.empty() ? "" : fmt::format("\"{}\"", text);
}

// 9F0C is a primitive tag that holds objects all the same.
bool holds_objects(const Tlv& tlv) {
  return tlv.constructed() || (tlv.tag == kIssuerData && is_ber_tlv(tlv.value));
}

std::string_view cipher_name(ByteView value) {
  static constexpr std::array<std::string_view, 4> kNames{"", "DES", "SSF33", "SM4"};
  return value.size() == 1 && value[0] < kNames.size() ? kNames[value[0]] : "";
}

std::string tag_remark(const Tlv& tlv, const MaskedView& value, Language language) {
  const auto* row = std::ranges::find(kTagNames, tlv.tag, &TagName::tag);
  std::string out(row == kTagNames.end() ? "" : row->name.in(language));
  std::string more;
  if (tlv.tag == kCipher) {
    more = cipher_name(tlv.value);
  } else if (!holds_objects(tlv)) {
    more = quoted_text(value);
  }
  return out + (out.empty() || more.empty() ? "" : " ") + more;
}

// Tag and length as they stand, and two blanks.
std::string tree_head(const Tlv& tlv, std::size_t depth) {
  const std::size_t tag_size = tlv.tag > 0xFFFF ? 3 : tlv.tag > 0xFF ? 2 : 1;
  const ByteView head = tlv.whole.first(tlv.whole.size() - tlv.value.size());
  return fmt::format("{}{} {}  ", std::string(2 * depth, ' '), to_hex(head.first(tag_size)),
                     to_hex(head.subspan(tag_size)));
}

// Precondition: is_ber_tlv(data.bytes()).
void add_tree(Lines& lines, const MaskedView& data, std::size_t depth, Language language) {
  TlvReader reader(data.bytes());
  for (auto item = reader.next(); item && *item; item = reader.next()) {
    const Tlv& tlv = **item;
    const MaskedView value = data.part(tlv.value);
    const bool nested = holds_objects(tlv);
    add_item(lines, tree_head(tlv, depth), nested ? value.part(0, 0) : value,
             tag_remark(tlv, value, language));
    if (nested) add_tree(lines, value, depth + 1, language);
  }
}

void add_records(Lines& lines, const MaskedView& data, const std::vector<RecordItem>& items) {
  for (const RecordItem& item : items) {
    const MaskedView value = data.part(item.value);
    add_item(lines, fmt::format("{:02X} {:02X}  ", item.tag, item.value.size()), value, quoted_text(value));
  }
}

void add_fields(Lines& lines, const MaskedView& data, std::span<const Field> fields, Language language) {
  const std::size_t fixed =
      std::accumulate(fields.begin(), fields.end(), std::size_t{0},
                      [](std::size_t sum, const Field& field) { return sum + field.size; });
  const std::size_t elastic = data.size() > fixed ? data.size() - fixed : 0;
  std::size_t at = 0;
  for (const Field& field : fields) {
    const std::size_t size = std::min(field.size == 0 ? elastic : field.size, data.size() - at);
    if (size != 0) add_item(lines, "", data.part(at, size), field.name.in(language));
    at += size;
  }
  if (at < data.size()) add_item(lines, "", data.part(at, data.size() - at), "");
}

bool is_template(const MaskedView& data) {
  const ByteView bytes = data.bytes();
  return !data.any_hidden() && !bytes.empty() && (bytes[0] == 0x6F || bytes[0] == 0x61) && is_ber_tlv(bytes);
}

// The items of a record, or of several, when no tag and no length of them is hidden.
std::vector<RecordItem> visible_records(const MaskedView& data) {
  const auto items = parse_records(data.bytes());
  if (!items) return {};
  std::size_t at = 0;
  for (const RecordItem& item : *items) {
    if (data.hidden(at) || data.hidden(at + 1)) return {};
    at += 2 + item.value.size();
  }
  return *items;
}

bool carries_records(const CommandRow& row, Direction direction) {
  return (row.id == CommandId::kReadRecord && direction == Direction::kResponse) ||
         (row.id == CommandId::kUpdateRecord && direction == Direction::kCommand);
}

void add_of_row(Lines& lines, const MaskedView& data, const CommandRow& row, Direction direction,
                Language language) {
  const std::span<const Field> fields = fields_of(row.id, direction);
  if (!fields.empty()) return add_fields(lines, data, fields, language);
  if (carries_records(row, direction)) {
    const auto items = visible_records(data);
    if (!items.empty()) return add_records(lines, data, items);
  }
  add_item(lines, "", data, row.id == CommandId::kSelect ? quoted_text(data) : "");
}

}  // namespace

std::vector<std::string> describe_data(const MaskedView& data, const CommandRow* row, std::uint8_t cla,
                                       Direction direction, Language language) {
  Lines lines;
  if (data.size() == 0) return lines;
  const bool mac = row != nullptr && direction == Direction::kCommand && adds_mac(*row, cla);
  const std::size_t body = mac && data.size() >= kMacSize ? data.size() - kMacSize : data.size();
  const MaskedView front = data.part(0, body);
  if (is_template(front)) {
    add_tree(lines, front, 0, language);
  } else if (row == nullptr) {
    add_item(lines, "", front, "");
  } else {
    add_of_row(lines, front, *row, direction, language);
  }
  if (body != data.size()) add_item(lines, "", data.part(body, kMacSize), "MAC");
  return lines;
}

std::string likely_text(ByteView bytes) {
  while (!bytes.empty() && bytes.back() == 0x00) bytes = bytes.first(bytes.size() - 1);
  if (bytes.size() < 2) return {};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const std::uint8_t byte = bytes[i];
    const bool plain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                       (byte >= 'a' && byte <= 'z') || byte == '.' || byte == '-';
    if (plain) continue;
    // GB 2312: the characters of level 1 and 2, and the middle dot of names.
    const bool hanzi = byte >= 0xB0 && byte <= 0xF7 && i + 1 < bytes.size() && bytes[i + 1] >= 0xA1;
    const bool dot = byte == 0xA1 && i + 1 < bytes.size() && bytes[i + 1] == 0xA4;
    if (!hanzi && !dot) return {};
    ++i;
  }
  return decode_text(bytes, Charset::kGbk).value_or("");
}

}  // namespace ssc::apdu
