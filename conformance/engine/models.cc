#include "conformance/engine/models.h"

namespace ssc::conformance {

apdu::Loaded<std::shared_ptr<const CardModel>> Models::card(const std::string& path_or_name) {
  auto& kept = cards_[path_or_name];
  if (!kept) {
    auto model = simulator::profile::load_card(path_or_name, override_);
    if (!model) return tl::make_unexpected(model.error());
    kept = std::make_shared<const CardModel>(std::move(*model));
  }
  return kept;
}

apdu::Loaded<std::shared_ptr<const keys::KeySet>> Models::key_set(const CardModel& card) {
  const std::string& name = override_.empty() ? card.key_set : override_;
  auto& kept = sets_[name];
  if (!kept) {
    auto set = keys::load_key_set(name);
    if (!set) return tl::make_unexpected(set.error());
    kept = std::make_shared<const keys::KeySet>(std::move(*set));
  }
  return kept;
}

}  // namespace ssc::conformance
