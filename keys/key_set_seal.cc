#include "keys/key_set_seal.h"

#include <fmt/format.h>

#include "keys/key_places.h"

namespace ssc::keys {

std::string seal_context(const KeySet& set, const NamedKey& key, Cipher cipher) {
  const std::string id = key.id_known ? fmt::format("{:02X}", key.id) : "-";
  const std::string_view owner = key.owner ? word(*key.owner) : "-";
  return fmt::format("key-set/{}/{}/{}/{}/{}/{}/{}/{}/{:02X}/{:02X}", set.name, set.area, name(cipher),
                     key.name, key.version, word(key.level), owner, id, key.psam_usage, key.psam_id);
}

}  // namespace ssc::keys
