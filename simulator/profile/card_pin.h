// The <pin> of a card file whose digits are sealed, as `ssc issue` writes it.
#pragma once

#include <string>

#include "apdu/xml/document.h"
#include "keys/storage/storage_record.h"
#include "simulator/profile/model.h"

namespace ssc::simulator::profile {

// The place a sealed PIN is bound to: the PIN of one card opens in no other's file.
std::string pin_context(std::string_view card_name);

// Opens <pin sealed="…"/> under the file's <storage …/>; does nothing when no PIN is sealed. Errors: no
// storage, one that `access` does not open, digits beside it, a value that was changed or moved.
apdu::Loaded<void> open_sealed_pin(const xml::Element& card, const keys::storage::Access& access,
                                   CardModel& model);

}  // namespace ssc::simulator::profile
