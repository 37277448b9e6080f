// Which ids a key may have: in a PSAM by its owner (Part 9 app. A), on a card by where it lives (Part 5 table
// 14).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "keys/key_set.h"

namespace ssc::keys {

struct Fault {
  std::string what;
  std::string mend;
};

// Nothing when the PSAM id lies in the range of the key's owner: for keys of the card's DDF 08-0F national,
// 10-17 province, 18-1F city; for keys of its applications 20-3F and B0-B4, 40-7F, 80-BF without B0-B4; C0-FF
// nobody's. A key that no PSAM holds, a purchase key (its id is its version) and a PSAM's own keep out of it.
std::optional<Fault> psam_id_fault(const NamedKey& key);
// Nothing when the id on the card is one: 01 to 7F in the SSSE, 80 to FF in an application.
std::optional<Fault> card_id_fault(const NamedKey& key);

std::string_view word(Level level);        // "national", "province", "city", "card"
std::string_view owner_word(Level owner);  // "ministry", "province", "city"

}  // namespace ssc::keys
