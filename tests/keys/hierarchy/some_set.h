// Small key sets for the tests of this folder.
#pragma once

#include <stdexcept>
#include <string>

#include "keys/key_set.h"
#include "tests/keys/temporary_file.h"

namespace ssc::keys::hierarchy {

// A lab set of those elements: `attributes` as in level="city" area="990100" cipher="SM4".
inline KeySet set_of(std::string_view attributes, std::string_view elements) {
  auto set = load_key_set(TemporaryFile("<key-set xmlns=\"urn:ssc:key-set:1\" name=\"t\" lab=\"yes\" " +
                                        std::string(attributes) + ">" + std::string(elements) + "</key-set>")
                              .path());
  if (!set) throw std::runtime_error(set.error().to_string());
  return *std::move(set);
}

inline std::string key_element(std::string_view name, std::string_view value, std::string_view more = "") {
  return "<key name=\"" + std::string(name) + "\" value=\"" + std::string(value) + "\" " + std::string(more) +
         "/>";
}

inline constexpr std::string_view kNational = R"(area="000000" level="national" cipher="SM4")";
inline constexpr std::string_view kProvince = R"(area="990000" level="province" cipher="SM4")";
inline constexpr std::string_view kCity = R"(area="990100" level="city" cipher="SM4")";

}  // namespace ssc::keys::hierarchy
