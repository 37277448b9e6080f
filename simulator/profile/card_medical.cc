#include "simulator/profile/card_medical.h"

#include "apdu/hex.h"
#include "simulator/profile/values.h"

namespace ssc::simulator::profile {
namespace {

constexpr std::uint16_t kPersonalRecord = 20;

// Attributes that the schema has already found to be numbers and digits.
template <std::size_t Size>
Bytes number(const xml::Element& element, std::string_view attribute) {
  const auto bytes = apdu::big_endian<Size>(std::stoull(std::string(element.attribute_or(attribute, "0"))));
  return {bytes.begin(), bytes.end()};
}

Bytes digits(const xml::Element& element, std::string_view attribute, std::string_view otherwise) {
  return apdu::parse_hex(element.attribute_or(attribute, otherwise)).value();
}

Bytes amounts_of(const xml::Element& element) {
  return apdu::concat({number<2>(element, "load-sequence"), number<2>(element, "purchase-sequence"),
                       number<4>(element, "balance"), number<4>(element, "self-paid"),
                       number<4>(element, "pooled"), digits(element, "pay-year", "0000"),
                       digits(element, "starting-day", "0101")});
}

}  // namespace

apdu::Loaded<void> apply_medical(const xml::Element& element, CardModel& model) {
  Ef* log = find_file(model, "DF04/EF08");
  if (log == nullptr || log->type != FileType::kCyclic) {
    return tl::unexpected(
        element.error("profile " + model.profile + " has no transaction log DF04/EF08", "remove <medical>"));
  }
  if (element.attribute("accounts") == "personal") log->record_length = kPersonalRecord;
  model.medical = Medical{amounts_of(element), element.attribute("type") == "binary",
                          element.attribute("load-tac") == "before"};
  return {};
}

}  // namespace ssc::simulator::profile
