#include "conformance/engine/models.h"

namespace ssc::conformance {
namespace {

// A key carrier may have no key set.
std::shared_ptr<const keys::KeySet> set_without_keys(const CardModel& card) {
  auto set = std::make_shared<keys::KeySet>();
  set->name = "none";
  set->area = card.area;
  set->cipher = card.cipher;
  set->lab = card.lab;
  return set;
}

}  // namespace

apdu::Loaded<std::shared_ptr<const CardModel>> Models::card(const std::string& path_or_name,
                                                            const std::string& key_set) {
  auto& kept = cards_[{path_or_name, key_set}];
  if (!kept) {
    auto model = simulator::profile::load_card(path_or_name, key_set.empty() ? override_ : key_set, access_);
    if (!model) return tl::make_unexpected(model.error());
    kept = std::make_shared<const CardModel>(std::move(*model));
  }
  return kept;
}

apdu::Loaded<std::shared_ptr<const keys::KeySet>> Models::key_set(const CardModel& card) {
  const std::string& name = override_.empty() ? card.key_set_source : override_;
  auto& kept = sets_[name.empty() ? card.name : name];
  if (!kept && name.empty()) kept = set_without_keys(card);
  if (!kept) {
    auto set = keys::load_key_set(name, access_);
    if (!set) return tl::make_unexpected(set.error());
    kept = std::make_shared<const keys::KeySet>(std::move(*set));
  }
  return kept;
}

}  // namespace ssc::conformance
