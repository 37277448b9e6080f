#include "apdu/response.h"

namespace ssc::apdu {

InplaceBytes<kMaxResponseData + 2> Response::encode() const {
  InplaceBytes<kMaxResponseData + 2> wire(data);
  wire.push_back(status.sw1());
  wire.push_back(status.sw2());
  return wire;
}

Response Response::decode(ByteView wire) {
  const ByteView body = wire.first(wire.size() - 2);
  return {body, StatusWord(wire[body.size()], wire[body.size() + 1])};
}

}  // namespace ssc::apdu
