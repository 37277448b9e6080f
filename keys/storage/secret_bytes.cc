#include "keys/storage/secret_bytes.h"

#include <utility>

#include "keys/cipher.h"

namespace ssc::keys::storage {

SecretBytes::SecretBytes(SecretBytes&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept {
  std::swap(bytes_, other.bytes_);
  return *this;
}

SecretBytes::~SecretBytes() { wipe(bytes_.data(), bytes_.size()); }

bool operator==(const SecretBytes& a, const SecretBytes& b) {
  return equal_in_constant_time(a.bytes_, b.bytes_);
}

}  // namespace ssc::keys::storage
