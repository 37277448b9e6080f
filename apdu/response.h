// A response APDU: up to 256 data bytes and a status word.
#pragma once

#include "apdu/bytes.h"
#include "apdu/status_word.h"

namespace ssc::apdu {

inline constexpr std::size_t kMaxResponseData = 256;  // short Le 00 (Part 2 §9.4)

struct Response {
  InplaceBytes<kMaxResponseData> data;
  StatusWord status;

  Response() = default;
  explicit Response(StatusWord sw) : status(sw) {}
  Response(ByteView bytes, StatusWord sw) : data(bytes), status(sw) {}

  // data ‖ SW1 ‖ SW2, as it goes over the wire: 2 to 258 bytes.
  InplaceBytes<kMaxResponseData + 2> encode() const;

  // From the wire. Precondition: 2 <= wire.size() <= 258.
  static Response decode(ByteView wire);
};

}  // namespace ssc::apdu
