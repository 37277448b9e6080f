// The <storage …/> element, read and written. The schema type is `Storage` in keys/sets/key-set.xsd.
#pragma once

#include "apdu/input_error.h"
#include "keys/storage/storage_record.h"

namespace ssc::xml {
class Element;
}

namespace ssc::keys::storage {

// Precondition: the schema let the element through. Errors: odd hex, a salt or cost that is missing, not the
// guard's, or out of bounds.
apdu::Loaded<StorageRecord> read_storage(const xml::Element& at);
// <storage guard="passphrase" salt="…" cost="17" check="…"/>, without a line end.
std::string storage_element(const StorageRecord& record);

// The same words as one line of text, for what is no XML: "guard=passphrase salt=… cost=17 check=…".
std::string storage_text(const StorageRecord& record);
std::optional<StorageRecord> parse_storage_text(std::string_view text);

}  // namespace ssc::keys::storage
