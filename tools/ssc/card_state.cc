#include "tools/ssc/card_state.h"

#include <filesystem>

namespace ssc::tools {

std::string state_name(simulator::profile::Kind kind) {
  return kind == simulator::profile::Kind::kPsam ? "psam" : "card";
}

std::string lasting_name(const std::string& path_or_name) {
  std::error_code failed;
  if (!std::filesystem::exists(path_or_name, failed)) return path_or_name;
  const auto absolute = std::filesystem::absolute(path_or_name, failed);
  return failed ? path_or_name : absolute.lexically_normal().string();
}

}  // namespace ssc::tools
