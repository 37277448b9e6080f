#include "keys/hsm/pkcs11_label.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "keys/hsm/key_words.h"
#include "keys/key_places.h"

namespace ssc::keys::hsm {
namespace {

constexpr std::string_view kMark = "ssc";
constexpr std::array<std::string_view, 3> kParts = {"", "left", "folded"};  // by Part
constexpr std::size_t kFields = 6;

std::vector<std::string_view> fields_of(std::string_view label) {
  std::vector<std::string_view> fields;
  while (!label.empty()) {
    const std::size_t end = label.find('/');
    fields.push_back(label.substr(0, end));
    label = end == std::string_view::npos ? std::string_view() : label.substr(end + 1);
  }
  return fields;
}

std::optional<Part> part_of(const std::vector<std::string_view>& fields) {
  if (fields.size() == kFields) return Part::kWhole;
  if (fields.size() != kFields + 1) return std::nullopt;
  const auto found = std::ranges::find(kParts, fields.back());
  if (found == kParts.end()) return std::nullopt;
  return static_cast<Part>(found - kParts.begin());
}

}  // namespace

std::string label_of(const LabelledKey& key) {
  const KeyInfo& info = key.info;
  const std::string whole = fmt::format("{}/{}/{}/{}/{}/{}", kMark, info.id.name, info.id.version,
                                        word(info.level), purpose_word(info.purpose), info.size);
  if (key.part == Part::kWhole) return whole;
  return fmt::format("{}/{}", whole, kParts[static_cast<std::size_t>(key.part)]);
}

std::optional<LabelledKey> parse_label(std::string_view label) {
  const auto fields = fields_of(label);
  const auto part = part_of(fields);
  if (!part || fields[0] != kMark) return std::nullopt;
  const bool version = fields[2].size() == 1 && fields[2] >= "1" && fields[2] <= "9";
  const auto level = level_of(fields[3]);
  const auto purpose = purpose_of(fields[4]);
  const bool size = fields[5] == "8" || fields[5] == "16";
  if (!version || !level || !purpose || !size) return std::nullopt;
  const KeyId id{Cipher::kDes, std::string(fields[1]), static_cast<unsigned>(fields[2][0] - '0')};
  return LabelledKey{{id, *purpose, *level, fields[5] == "8" ? 8U : 16U}, *part};
}

}  // namespace ssc::keys::hsm
