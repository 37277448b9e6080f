#include "simulator/core/security_status.h"

#include "simulator/core/image.h"

namespace ssc::simulator::core {

std::string SecurityStatus::to_string(const Image& image) const {
  std::string out = pin_ ? "PIN" : "";
  KeyFamily last{0xFFFF};
  for (const KeySlot& key : image.keys) {
    if (key.family == last || !has(key.family)) continue;
    last = key.family;
    out += (out.empty() ? "" : " ") + key.name;
  }
  return out.empty() ? "none" : out;
}

}  // namespace ssc::simulator::core
