// The simple TLV of records: one byte of tag, one of length, the value (Part 3 §5.3.1). A B-TLV record's
// value is itself a row of such items (V2.0 notice t.9).
#pragma once

#include <cstdint>
#include <tl/expected.hpp>
#include <vector>

#include "apdu/ber_tlv.h"
#include "apdu/bytes.h"

namespace ssc::apdu {

struct RecordItem {
  std::uint8_t tag = 0;
  ByteView value;
};

// A record that is exactly one item. Error: too short, or its length byte disagrees with its size.
tl::expected<RecordItem, TlvError> parse_record(ByteView record);

// Items one after the other: the value of a B-TLV record, or the answer to "all records from P1 to the last".
tl::expected<std::vector<RecordItem>, TlvError> parse_records(ByteView bytes);

// Precondition: value of at most 255 bytes.
Bytes encode_record(std::uint8_t tag, ByteView value);

}  // namespace ssc::apdu
