#include "apdu/bytes.h"

#include <functional>

namespace ssc::apdu {

Bytes concat(std::initializer_list<ByteView> parts) {
  Bytes out;
  for (const ByteView part : parts) out.insert(out.end(), part.begin(), part.end());
  return out;
}

Bytes exclusive_or(ByteView a, ByteView b) {
  assert(a.size() == b.size());
  Bytes out(a.size());
  std::transform(a.begin(), a.end(), b.begin(), out.begin(), std::bit_xor<>());
  return out;
}

}  // namespace ssc::apdu
