// A few keys for the tests of machines, and paths to them.
#pragma once

#include <algorithm>
#include <string>

#include "apdu/hex.h"
#include "keys/hsm/machine.h"

namespace ssc::test {

inline const std::string kRoot = "00112233445566778899AABBCCDDEEFF";

inline apdu::Bytes hex(const std::string& text) { return apdu::parse_hex(text).value(); }

inline keys::NamedKey key(const std::string& name, keys::Purpose purpose, keys::Cipher cipher,
                          const std::string& value, keys::Level level) {
  keys::NamedKey out;
  out.name = name;
  out.purpose = purpose;
  out.level = level;
  out.value = keys::Key(cipher, hex(value));
  return out;
}

// Four keys, all but the DES STK with the value kRoot.
inline keys::KeySet small_set(keys::Cipher cipher) {
  using keys::Level;
  using keys::Purpose;
  const std::string stk = cipher == keys::Cipher::kDes ? "0123456789ABCDEF" : kRoot;
  keys::KeySet set;
  set.cipher = cipher;
  set.keys = {key("IRK", Purpose::kInternalAuthentication, cipher, kRoot, Level::kNational),
              key("STKSSSE", Purpose::kCommandMac, cipher, stk, Level::kNational),
              key("DTK", Purpose::kTac, cipher, kRoot, Level::kProvince),
              key("SSSE MK", Purpose::kMaster, cipher, kRoot, Level::kCard)};
  return set;
}

inline keys::hsm::KeyPath path(keys::Cipher cipher, const std::string& name,
                               std::initializer_list<const char*> factors = {}) {
  keys::hsm::KeyPath out{{cipher, name, 1}, {}};
  for (const char* factor : factors) std::ranges::copy(hex(factor), out.factors.emplace_back().begin());
  return out;
}

// A CREATE KEY record of a PSAM, and what is taken out of it.
inline const keys::hsm::RecordForm kForm = {{0x84, 0xD4, 0x00, 0x11}, {0x47, 0x2E, 0, 3, 0, 0, 0, 0}};
inline keys::hsm::KeyInfo imported(keys::Cipher cipher) {
  return {{cipher, "RK1DF01", 1}, keys::Purpose::kRead, keys::Level::kProvince, 16};
}

}  // namespace ssc::test
