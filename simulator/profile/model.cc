#include "simulator/profile/model.h"

#include <algorithm>

namespace ssc::simulator::profile {

const Df* CardModel::find_df(std::string_view id) const {
  const auto it = std::ranges::find(dfs, id, &Df::id);
  return it == dfs.end() ? nullptr : &*it;
}

}  // namespace ssc::simulator::profile
