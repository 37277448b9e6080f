// How a machine's keys are named, and what it tells about them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "keys/key_names.h"

namespace ssc::keys::hsm {

// Where a key stands in a machine (provincial terminal spec annex B): 0170 is the first IRK.
using KeyAddress = std::uint16_t;

// A key the machine holds. A machine may hold a set for each cipher: the cipher is part of the name.
struct KeyId {
  Cipher cipher = Cipher::kDes;
  std::string name;  // as in the standard: "UK1DF01"; an alias is understood
  unsigned version = 1;

  std::string to_string() const;  // "DES UK1DF01 version 1"
  friend bool operator==(const KeyId&, const KeyId&) = default;
};

// That key diversified by the factors, the first level first (province, city, card: the order of a machine,
// the opposite of a PSAM's). No factor: the key itself. At most as many as the key's level leaves to the
// card.
struct KeyPath {
  KeyId key;
  std::vector<Factor> factors;
};

struct KeyInfo {
  KeyId id;
  Purpose purpose = Purpose::kUpdate;
  Level level = Level::kNational;  // whose root it is
  std::size_t size = 16;           // bytes: 8 or 16
};

// A row of a machine's own address table; it holds for each cipher.
struct AddressRow {
  KeyAddress address = 0;
  std::string name;  // canonical
  unsigned version = 1;
};

}  // namespace ssc::keys::hsm
