#include "keys/digest.h"

#include <openssl/evp.h>

namespace ssc::keys {
namespace {

Digest sm3_of(const void* bytes, std::size_t size) {
  Digest out{};
  unsigned length = 0;
  [[maybe_unused]] const int done = EVP_Digest(bytes, size, out.data(), &length, EVP_sm3(), nullptr);
  assert(done == 1 && length == out.size());
  return out;
}

}  // namespace

Digest sm3(apdu::ByteView message) { return sm3_of(message.data(), message.size()); }
Digest sm3(std::string_view text) { return sm3_of(text.data(), text.size()); }

}  // namespace ssc::keys
