#include "simulator/profile/card_use.h"

#include <fmt/format.h>

#include <algorithm>

namespace ssc::simulator::profile {

using apdu::Loaded;
using xml::Element;

Loaded<std::optional<std::uint8_t>> tries_left(const Element& element, unsigned tries) {
  const auto left = element.attribute("left");
  if (!left) return std::nullopt;
  const auto number = std::stoul(std::string(*left));
  if (number <= tries) return static_cast<std::uint8_t>(number);
  return tl::unexpected(element.error(fmt::format("{} tries left of {}", number, tries),
                                      "write 0 to " + std::to_string(tries)));
}

Loaded<void> apply_blocked(const Element& element, CardModel& model) {
  const auto name = element.attribute("df");
  if (!name) {
    model.card_blocked = true;
    return {};
  }
  const auto df = std::ranges::find(model.dfs, *name, &Df::id);
  if (df == model.dfs.end() || !df->is_application)
    return tl::unexpected(
        element.error("profile " + model.profile + " has no application " + std::string(*name),
                      "name one, DF03 or DF04; without df the card is blocked"));
  df->blocked = true;
  return {};
}

void keep_version(const Element& root, CardModel& model) {
  const auto wanted = root.attribute("key-version");
  if (!wanted) return;
  for (Df& df : model.dfs) {
    std::vector<std::string> grouped;
    for (const KeyEntry& key : df.keys)
      if (std::to_string(key.version) == *wanted) grouped.push_back(key.name);
    std::erase_if(df.keys, [&](const KeyEntry& key) {
      return std::to_string(key.version) != *wanted && std::ranges::find(grouped, key.name) != grouped.end();
    });
  }
}

}  // namespace ssc::simulator::profile
