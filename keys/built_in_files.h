// The schemas and sample sets compiled in (keys/sets/). Private to this folder.
#pragma once

#include <span>
#include <string_view>

#include "apdu/xml/document.h"

namespace ssc::keys {

std::span<const apdu::EmbeddedFile> built_in_files();
// A schema of keys/sets/ by its file's name. Precondition: there is one.
apdu::Loaded<xml::Schema> compile_schema(std::string_view file);

}  // namespace ssc::keys
