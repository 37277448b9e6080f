#include "keys/key_names.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace ssc::keys {
namespace {

constexpr KeyName kKeyNames[] = {
#include "keys/key_names.inc"
};

// Levenshtein distance.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

}  // namespace

std::span<const KeyName> key_names() { return kKeyNames; }

const KeyName* find_key_name(std::string_view name, Structures structures) {
  const auto found = std::ranges::find_if(kKeyNames, [&](const KeyName& row) {
    return row.structures.meets(structures) &&
           (row.name == name || (!row.alias.empty() && row.alias == name));
  });
  return found == std::end(kKeyNames) ? nullptr : &*found;
}

std::string_view canonical_key_name(std::string_view name) {
  const auto found = std::ranges::find_if(
      kKeyNames, [&](const KeyName& row) { return !row.alias.empty() && row.alias == name; });
  return found == std::end(kKeyNames) ? name : found->name;
}

std::vector<std::string_view> near_key_names(std::string_view name, Structures structures) {
  constexpr std::size_t kFurthest = 2;
  constexpr std::size_t kMost = 3;
  std::vector<std::string_view> near;
  for (std::size_t wanted = 0; wanted <= kFurthest; ++wanted) {
    for (const KeyName& row : kKeyNames) {
      const bool listed = std::ranges::find(near, row.name) != near.end();
      if (!row.structures.meets(structures) || listed) continue;
      if (near.size() < kMost && distance(name, row.name) == wanted) near.push_back(row.name);
    }
  }
  return near;
}

}  // namespace ssc::keys
