// Card models and key sets by name, each loaded once and shared.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "conformance/expression/subject.h"

namespace ssc::conformance {

class Models {
 public:
  // `key_set`: a path or name that overrides each card file's own; empty: none. `access` opens sealed key
  // sets.
  explicit Models(std::string key_set = {}, keys::storage::Access access = {})
      : override_(std::move(key_set)), access_(std::move(access)) {}

  // `key_set` is that of this card alone; empty: the constructor's, or the card file's.
  apdu::Loaded<std::shared_ptr<const CardModel>> card(const std::string& path_or_name,
                                                      const std::string& key_set = {});
  // The key set a model was loaded with.
  apdu::Loaded<std::shared_ptr<const keys::KeySet>> key_set(const CardModel& card);

 private:
  std::string override_;
  keys::storage::Access access_;
  std::map<std::pair<std::string, std::string>, std::shared_ptr<const CardModel>> cards_;
  std::map<std::string, std::shared_ptr<const keys::KeySet>> sets_;
};

}  // namespace ssc::conformance
