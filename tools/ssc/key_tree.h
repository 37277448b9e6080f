// A key set in lines for people: levels, applications, keys, check values.
#pragma once

#include <string>
#include <vector>

#include "apdu/language.h"
#include "keys/key_set.h"

namespace ssc::tools {

// No key is in it, and none is needed: check values are what the file states.
std::vector<std::string> key_tree(const keys::InspectedKeySet& inspected, apdu::Language language);

}  // namespace ssc::tools
