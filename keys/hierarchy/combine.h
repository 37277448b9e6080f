// Keys from components (exclusive-or): no part of it shows two components of a key, or the key.
#pragma once

#include <span>

#include "keys/hierarchy/component_file.h"
#include "keys/hierarchy/ruled.h"
#include "keys/random.h"

namespace ssc::keys::hierarchy {

// A component for each planned key, from `random`, never weak.
std::vector<Component> random_components(const KeySet& set, const std::vector<NamedKey>& planned,
                                         Random& random);

// The planned keys with their values, each the exclusive-or of its components, one a file. Refused: fewer
// than three files, files for another set or cipher, not one file for each number, two of one custodian, a
// key without its component, a component that no key wants, two equal components of a key, a key that comes
// out weak.
Ruled<std::vector<NamedKey>> combine(const KeySet& set, std::vector<NamedKey> planned,
                                     std::span<const ComponentFile> files);

}  // namespace ssc::keys::hierarchy
