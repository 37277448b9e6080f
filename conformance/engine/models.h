// Card models and key sets by name, each loaded once and shared.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "conformance/expression/subject.h"

namespace ssc::conformance {

class Models {
 public:
  // `key_set`: a path or name that overrides each card file's own; empty: none.
  explicit Models(std::string key_set = {}) : override_(std::move(key_set)) {}

  apdu::Loaded<std::shared_ptr<const CardModel>> card(const std::string& path_or_name);
  // The key set of a model.
  apdu::Loaded<std::shared_ptr<const keys::KeySet>> key_set(const CardModel& card);

 private:
  std::string override_;
  std::map<std::string, std::shared_ptr<const CardModel>> cards_;
  std::map<std::string, std::shared_ptr<const keys::KeySet>> sets_;
};

}  // namespace ssc::conformance
