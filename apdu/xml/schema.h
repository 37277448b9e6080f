// The part of the reader that knows libxml2: well-formedness, the schema, and what their complaints mean in
// plain words.
#pragma once

#include <optional>

#include "apdu/xml/document.h"

namespace ssc::xml {

// Nothing when the source is acceptable: well-formed UTF-8 without DOCTYPE and prefixed elements, valid under
// the compiled schema.
std::optional<InputError> find_fault(const Source& source, void* compiled_schema);

// libxml2's sentence about an element, as one a person reads: what, and how to mend it.
struct Complaint {
  std::string what;
  std::string mend;
};
Complaint in_plain_words(std::string message);

}  // namespace ssc::xml
