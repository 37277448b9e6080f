// Files compiled into the program (schemas, profiles, sample cards, key sets, scenarios), so that it runs
// from any folder.
#pragma once

#include <cstddef>
#include <string_view>

namespace ssc::apdu {

struct EmbeddedFile {
  std::string_view name;  // path relative to the folder it was embedded from, with '/'
  std::string_view text;  // the file's bytes
};

}  // namespace ssc::apdu
