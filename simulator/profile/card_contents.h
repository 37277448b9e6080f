// The elements <record> and <binary> of a card file: what is different in its files.
#pragma once

#include "apdu/xml/document.h"
#include "simulator/profile/model.h"

namespace ssc::simulator::profile {

// One item or record. Errors: no such file, item or record; a value that is none of its format, or longer
// than its place.
apdu::Loaded<void> apply_record(const xml::Element& element, CardModel& model);
// A transparent file from its first byte. Errors: no such file, a record file, more bytes than it holds.
apdu::Loaded<void> apply_binary(const xml::Element& element, CardModel& model);

}  // namespace ssc::simulator::profile
