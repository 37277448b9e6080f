// What looking at an assertion gave.
#pragma once

#include <optional>
#include <string>

#include "conformance/engine/result.h"

namespace ssc::conformance {

struct Finding {
  enum class Kind : std::uint8_t { kMet, kTolerated, kNotMet, kUnseen, kError };
  Kind kind = Kind::kMet;
  std::string reason = {};  // of anything but kMet, one line
  std::optional<Difference> difference = {};

  static Finding not_met(std::string reason, Difference difference) {
    return {Kind::kNotMet, std::move(reason), std::move(difference)};
  }
  static Finding error(std::string reason) { return {Kind::kError, std::move(reason), {}}; }
  static Finding unseen(std::string reason) { return {Kind::kUnseen, std::move(reason), {}}; }
};

}  // namespace ssc::conformance
