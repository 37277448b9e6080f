// Levels and purposes as words of files, labels and tables; keys::word(Level) says a level.
#pragma once

#include <optional>
#include <string_view>

#include "keys/key_names.h"

namespace ssc::keys::hsm {

std::string_view purpose_word(Purpose purpose);  // "internal-authentication"
std::optional<Level> level_of(std::string_view word);
std::optional<Purpose> purpose_of(std::string_view word);

}  // namespace ssc::keys::hsm
