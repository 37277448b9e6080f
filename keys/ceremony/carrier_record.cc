#include "keys/ceremony/carrier_record.h"

#include <algorithm>

#include "apdu/catalogue.h"

namespace ssc::keys::ceremony {
namespace {

namespace sw = apdu::sw;

struct Algorithm {
  std::uint8_t byte;
  Cipher cipher;
  std::size_t key_size;
};
constexpr Algorithm kAlgorithms[] = {
    {0x00, Cipher::kDes, 16}, {0x01, Cipher::kDes, 8}, {0x03, Cipher::kSm4, 16}};

constexpr std::uint8_t kAllReceivers = kToPsam | kToMotherCard | kToMachine | kToTransmissionCard | kWhole;
constexpr std::uint8_t kLastGroup = 3;  // Part 9 app. B

bool is_one_receiver(std::uint8_t kind) {
  return kind == kToPsam || kind == kToMotherCard || kind == kToMachine || kind == kToTransmissionCard;
}

bool is_bcd(std::uint8_t byte) { return (byte >> 4) <= 9 && (byte & 0x0F) <= 9; }

bool is_area(const Head& head) {
  return is_bcd(head.receivers) && is_bcd(head.area) && (head.receivers != 0 || head.area == 0);
}

bool is_route(const Head& head) {
  return (head.usage == kTransmissionKey || head.usage == kRootOfKid) && is_one_receiver(head.kind()) &&
         is_area(head);
}

bool is_key(const Head& head) {
  return apdu::key_usage_valid(head.usage) && head.group >= 1 && head.group <= kLastGroup &&
         (head.receivers & ~kAllReceivers) == 0 && head.area == 0;
}

}  // namespace

Head read_head(ByteView bytes) {
  Head head;
  head.usage = bytes[0];
  head.id = bytes[1];
  head.group = bytes[2];
  head.algorithm = bytes[3];
  head.receivers = bytes[4];
  head.area = bytes[5];
  head.left = static_cast<std::uint16_t>(apdu::number(bytes.subspan(6, 2)));
  return head;
}

std::array<std::uint8_t, kHeadSize> octets(const Head& head) {
  const auto left = apdu::big_endian<2>(head.left);
  return {head.usage, head.id, head.group, head.algorithm, head.receivers, head.area, left[0], left[1]};
}

tl::expected<KeyRecord, apdu::StatusWord> read_record(ByteView plain, bool routes, Cipher cipher) {
  if (plain.size() <= kHeadSize) return tl::unexpected(sw::wrong_data_field);
  const KeyRecord record{read_head(plain), plain.subspan(kHeadSize)};
  if (!(routes ? is_route(record.head) : is_key(record.head))) return tl::unexpected(sw::wrong_data_field);
  const auto* algorithm = std::ranges::find(kAlgorithms, record.head.algorithm, &Algorithm::byte);
  if (algorithm == std::end(kAlgorithms) || algorithm->cipher != cipher)
    return tl::unexpected(sw::function_not_supported);
  if (record.value.size() != algorithm->key_size || (routes && algorithm->key_size != 16))
    return tl::unexpected(sw::wrong_data_field);
  return record;
}

}  // namespace ssc::keys::ceremony
