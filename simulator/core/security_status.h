// What the card currently believes about who is talking to it. Volatile; never stored.
#pragma once

#include <bitset>
#include <string>

#include "simulator/core/ids.h"

namespace ssc::simulator::core {

struct Image;

class SecurityStatus {
 public:
  static constexpr std::size_t kMaxFamilies = 257;

  bool pin_verified() const { return pin_; }
  bool has(KeyFamily family) const { return keys_.test(index(family)); }

  void set_pin_verified(bool verified) { pin_ = verified; }
  void grant(KeyFamily family) { keys_.set(index(family)); }
  void revoke(KeyFamily family) { keys_.reset(index(family)); }

  // "PIN UK1DF01", key names from the image; "none" when nobody has proved anything.
  std::string to_string(const Image& image) const;

 private:
  bool pin_ = false;
  std::bitset<kMaxFamilies> keys_;
};

}  // namespace ssc::simulator::core
