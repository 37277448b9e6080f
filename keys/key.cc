#include "keys/key.h"

#include "keys/cipher.h"

namespace ssc::keys {

std::string_view name(Cipher cipher) {
  switch (cipher) {
    case Cipher::kDes:
      return "DES";
    case Cipher::kSsf33:
      return "SSF33";
    case Cipher::kSm4:
      return "SM4";
  }
  return "unknown cipher";
}

Secret::~Secret() { wipe(&bytes_, sizeof bytes_); }

bool operator==(const Secret& a, const Secret& b) {
  return equal_in_constant_time(a.bytes_.view(), b.bytes_.view());
}

}  // namespace ssc::keys
