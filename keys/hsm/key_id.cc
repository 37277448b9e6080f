#include "keys/hsm/key_id.h"

#include <fmt/format.h>

namespace ssc::keys::hsm {

std::string KeyId::to_string() const {
  return fmt::format("{} {} version {}", keys::name(cipher), name, version);
}

}  // namespace ssc::keys::hsm
