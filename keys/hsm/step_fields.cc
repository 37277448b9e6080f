#include "keys/hsm/step_fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "apdu/hex.h"

namespace ssc::keys::hsm {
namespace {

using Kind = MachineError::Kind;

constexpr std::array<std::string_view, 3> kAlgorithms = {"01", "02", "03"};

bool is_digits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}
bool is_hex(std::string_view text) { return apdu::parse_hex(text).has_value(); }

bool fits(std::string_view field, const FieldForm& form) {
  switch (form.kind) {
    case FieldKind::kDigits:
      return field.size() == form.size && is_digits(field);
    case FieldKind::kHexOrNothing:
      return field.empty() || (field.size() == form.size && is_hex(field));
    case FieldKind::kHex:
      return field.size() == form.size && is_hex(field);
    case FieldKind::kAlgorithm:
      return std::ranges::find(kAlgorithms, field) != kAlgorithms.end();
    case FieldKind::kAddress:
      return (field.size() == 4 || field.size() == 6) && is_hex(field);
    case FieldKind::kPin:
      return field.size() >= 4 && field.size() <= 16 && is_digits(field);
    case FieldKind::kNothing:
      return field.empty();
  }
  return false;
}

std::string wanted(const FieldForm& form) {
  switch (form.kind) {
    case FieldKind::kDigits:
      return fmt::format("{} digits", form.size);
    case FieldKind::kHex:
      return fmt::format("{} hexadecimal digits", form.size);
    case FieldKind::kHexOrNothing:
      return fmt::format("{} hexadecimal digits or nothing", form.size);
    case FieldKind::kAlgorithm:
      return "01 DES, 02 SSF33 or 03 SM4";
    case FieldKind::kAddress:
      return "4 hexadecimal digits, or 6 with the PSAM id";
    case FieldKind::kPin:
      return "4 to 16 digits";
    case FieldKind::kNothing:
      return "nothing";
  }
  return {};
}

}  // namespace

Answer<std::vector<std::string_view>> split_fields(std::string_view text, std::span<const FieldForm> forms) {
  std::vector<std::string_view> fields;
  for (const FieldForm& form : forms) {
    const std::size_t end = text.find('|');
    const bool there = end != std::string_view::npos;
    if (!there || !fits(text.substr(0, end), form)) {
      return refuse(Kind::kBadInput,
                    fmt::format("field {} ({}) {}; it is {}, and '|' ends it", fields.size() + 1, form.name,
                                there ? "is wrong" : "is missing", wanted(form)));
    }
    fields.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  if (text.empty()) return fields;
  return refuse(Kind::kBadInput, fmt::format("something follows the last of {} fields", forms.size()));
}

Cipher cipher_of(std::string_view algorithm) { return static_cast<Cipher>(algorithm[1] - '0'); }

Bytes octets_of(std::string_view hex) { return apdu::parse_hex(hex).value_or(Bytes{}); }

}  // namespace ssc::keys::hsm
