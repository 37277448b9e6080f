#include "conformance/desk/card_holder.h"

#include <algorithm>

#include "apdu/hex.h"
#include "apdu/text/identity.h"

namespace ssc::conformance::desk {
namespace {

constexpr std::uint16_t kIssuerFile = 0xEF05;
constexpr std::uint16_t kHolderFile = 0xEF06;
constexpr std::uint8_t kCardNumber = 0x07;
constexpr std::uint8_t kIdentityNumber = 0x08;
constexpr std::uint8_t kBirthDate = 0x0D;

// The value of the record with this tag in a file of the SSSE.
apdu::Bytes item(const simulator::profile::CardModel& card, std::uint16_t fid, std::uint8_t tag) {
  const auto* ssse = card.find_df("SSSE");
  if (ssse == nullptr) return {};
  for (const auto& file : ssse->files) {
    for (const auto& record : file.records) {
      if (file.fid == fid && record.size() > 2 && record[0] == tag) return {record.begin() + 2, record.end()};
    }
  }
  return {};
}

std::string text_of(const apdu::Bytes& value) { return {value.begin(), std::ranges::find(value, 0x00)}; }

}  // namespace

Holder holder_of(const simulator::profile::CardModel& card) {
  const std::string birth = apdu::to_hex(item(card, kHolderFile, kBirthDate));
  return {text_of(item(card, kHolderFile, kIdentityNumber)), apdu::is_date(birth) ? birth : "",
          text_of(item(card, kIssuerFile, kCardNumber))};
}

}  // namespace ssc::conformance::desk
