// One document as a key set. Private to this folder.
#pragma once

#include "apdu/xml/document.h"
#include "keys/key_set.h"

namespace ssc::keys {

enum class Strictness : std::uint8_t { kStopAtFaults, kCollectFaults };

// `access` nullptr: sealed values stay closed, and their check values are what the file states. The document
// is valid under key-set.xsd.
apdu::Loaded<InspectedKeySet> read_key_set(const xml::Element& document, const storage::Access* access,
                                           Strictness strictness);

}  // namespace ssc::keys
