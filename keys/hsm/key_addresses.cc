#include "keys/hsm/key_addresses.h"

#include <algorithm>

namespace ssc::keys::hsm {
namespace {

struct Row {
  std::string_view name;
  unsigned version;
  KeyAddress address;
};

constexpr Row kRows[] = {
#include "keys/hsm/key_addresses.inc"
};

}  // namespace

std::optional<KeyAddress> key_address(std::string_view name, unsigned version) {
  const auto found =
      std::ranges::find_if(kRows, [&](const Row& row) { return row.name == name && row.version == version; });
  if (found == std::end(kRows)) return std::nullopt;
  return found->address;
}

}  // namespace ssc::keys::hsm
