// Which texts of a scenario are names of files and keys of a card.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "conformance/lint/walk.h"

namespace ssc::conformance::lint {

enum class NameKind : std::uint8_t { kKey, kDf, kFile };

struct NameUse {
  Where at;
  NameKind kind = NameKind::kKey;
  std::string name;
};

// Every text in these steps that is written where a function, an attribute, or a routine's parameter that
// ends there, takes such a name. A name that an expression works out is not known here.
std::vector<NameUse> names_of_cards(const Steps& steps);

}  // namespace ssc::conformance::lint
