// Secret octets of any length, as long as a passphrase or a sealed value.
#pragma once

#include <string_view>

#include "apdu/bytes.h"

namespace ssc::keys::storage {

// Wipes itself, can be moved and not copied, compares in constant time, has no printer.
class SecretBytes {
 public:
  SecretBytes() = default;
  explicit SecretBytes(apdu::ByteView bytes) : bytes_(bytes.begin(), bytes.end()) {}
  explicit SecretBytes(std::string_view text) : bytes_(text.begin(), text.end()) {}
  // Takes the octets over without a copy left behind.
  explicit SecretBytes(apdu::Bytes&& bytes) : bytes_(std::move(bytes)) {}
  SecretBytes(SecretBytes&& other) noexcept;
  SecretBytes& operator=(SecretBytes&& other) noexcept;
  SecretBytes(const SecretBytes&) = delete;
  SecretBytes& operator=(const SecretBytes&) = delete;
  ~SecretBytes();

  std::size_t size() const { return bytes_.size(); }
  bool empty() const { return bytes_.empty(); }
  apdu::ByteView reveal() const { return bytes_; }
  std::string_view reveal_text() const {
    return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()};
  }

  friend bool operator==(const SecretBytes& a, const SecretBytes& b);

 private:
  apdu::Bytes bytes_;
};

}  // namespace ssc::keys::storage
