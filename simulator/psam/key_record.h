// The plain data of CREATE KEY and CHANGE KEY (Part 9 §9.5.1, §9.6.1).
#pragma once

#include <optional>

#include "keys/key.h"

namespace ssc::simulator::psam {

struct KeyRecord {
  std::uint8_t usage = 0;
  std::uint8_t id = 0;  // of a purchase key the version
  keys::ByteView value;
};

// usage ‖ id ‖ 00 ‖ algorithm ‖ 00 00 00 00 ‖ value. Nothing when the usage is none (usage.h), a reserved
// byte is not 00, the algorithm is not one of `cipher`, or the value has not its length: 00 3DES 16 bytes, 01
// DES 8, 02 SSF33 16; 03 SM4 16 stands in no text.
std::optional<KeyRecord> read_new_key(keys::ByteView plain, keys::Cipher cipher);

// usage ‖ id ‖ 00 ‖ value. Nothing when the usage is none or the reserved byte is not 00.
std::optional<KeyRecord> read_changed_key(keys::ByteView plain);

}  // namespace ssc::simulator::psam
