// Any bytes: the readers of TLV, records and ATR end, and what they accept they write back.
#include <cstdlib>

#include "apdu/atr.h"
#include "apdu/ber_tlv.h"
#include "apdu/record_tlv.h"
#include "apdu/text/bcd.h"

namespace {

using namespace ssc::apdu;  // NOLINT: a fuzz target has no callers

void require(bool holds) {
  if (!holds) std::abort();
}

void walk(ByteView bytes, int depth) {
  TlvReader reader(bytes);
  for (auto item = reader.next(); item && *item; item = reader.next()) {
    require((*item)->value.size() < (*item)->whole.size());
    if (depth > 0 && (*item)->constructed()) walk((*item)->value, depth - 1);
  }
}

void records(ByteView bytes) {
  const auto items = parse_records(bytes);
  if (!items) return;
  Bytes again;
  for (const RecordItem& item : *items) {
    const Bytes record = encode_record(item.tag, item.value);
    again.insert(again.end(), record.begin(), record.end());
  }
  require(equal(again, bytes));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes(data, size);
  walk(bytes, 8);
  is_ber_tlv(bytes);
  records(bytes);
  if (const auto atr = parse_atr(bytes)) {
    require(equal(encode(*atr), bytes));
    departures_from_standard(*atr);
  }
  if (const auto digits = decode_bcd(bytes)) require(equal(encode_bcd(*digits, size).value(), bytes));
  return 0;
}
