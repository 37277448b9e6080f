// What lies sealed in a card file, and the storage key that opens it (keys/storage/README.md).
#pragma once

#include "apdu/xml/document.h"
#include "keys/storage/storage_record.h"

namespace ssc::simulator::profile {

// Under the <storage> of the card file. Errors: none there, or what it asks for was not given.
apdu::Loaded<keys::storage::StorageKey> storage_key_of(const xml::Element& card,
                                                       const keys::storage::Access& access);

// The attribute `sealed` of `element`, opened. `what` is named in errors: "PIN".
apdu::Loaded<keys::storage::SecretBytes> open_sealed(const xml::Element& element,
                                                     const keys::storage::StorageKey& key,
                                                     std::string_view context, std::string_view what);

}  // namespace ssc::simulator::profile
