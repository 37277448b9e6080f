// From scenario files to models: schema first, then names, imports and routines are made sure of, so that a
// run meets no mistake that a reading could have found.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "apdu/embedded.h"
#include "apdu/input_error.h"
#include "conformance/script/model.h"

namespace ssc::conformance {

using apdu::Loaded;
using BuiltInFiles = std::span<const apdu::EmbeddedFile>;

// One suite; a path wins over a built-in name. Errors with file and line: not valid under the schema; an
// import that is missing or comes back to itself; a routine that is unknown, stands twice or calls itself; a
// parameter that is missing or unknown; a variable, fact or function that does not exist; two cases of one
// id; an expect that asks nothing.
Loaded<Suite> load_suite(std::string_view path_or_name, BuiltInFiles built_in);

// All suites that the paths name: files, folders (every scenario file below, in the order of their names;
// files of routines and of other namespaces are passed over), built-in names and folders. Also an error: two
// cases of one id anywhere, a folder without a suite.
Loaded<std::vector<Suite>> load_suites(std::span<const std::string> paths, BuiltInFiles built_in);

}  // namespace ssc::conformance
