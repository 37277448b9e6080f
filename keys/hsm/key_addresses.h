// Where the keys of the standard stand in a machine (provincial terminal spec annex B, tables B.1 and B.2).
// The table is a column of keys/keys.tsv.
#pragma once

#include <optional>
#include <string_view>

#include "keys/hsm/key_id.h"

namespace ssc::keys::hsm {

// The address of a key by its canonical name; nothing when the annex gives none. Groups have addresses in a
// row. DPK has nine: versions 1 to 3 are the first group of each of its three entries; the others need a
// table of the machine's own.
std::optional<KeyAddress> key_address(std::string_view name, unsigned version);

}  // namespace ssc::keys::hsm
