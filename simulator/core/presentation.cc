#include "simulator/core/presentation.h"

namespace ssc::simulator::core {
namespace {

namespace sw = apdu::sw;
using profile::LeRule;

constexpr std::uint32_t kLe00 = 256;

// How many of `real` bytes a command with this Le gets, or nothing for 6Cxx.
std::optional<std::size_t> granted(std::uint32_t le, std::size_t real, LeCheck check, LeRule rule) {
  if (le == real) return real;
  if (le == kLe00 && (check == LeCheck::kUpTo || rule != LeRule::kStrict)) return real;
  if (le < real && (check == LeCheck::kUpTo || rule == LeRule::kLenient)) return le;
  if (le > real && rule == LeRule::kLenient) return real;
  return std::nullopt;
}

}  // namespace

Presented present(const apdu::Response& answer, const apdu::Command& command, LeCheck check,
                  const profile::T0& t0, bool direct) {
  Presented out{answer, false, {}};
  if (!answer.status.ok() || answer.data.empty()) return out;
  const std::size_t real = answer.data.size();
  if (command.lc.has_value()) {
    if (direct || t0.presentation == profile::Presentation::kDirect) return out;
    out.pending = answer.data;
    out.response = apdu::Response(sw::bytes_available(real));
    return out;
  }
  const auto size = granted(command.le.value_or(kLe00), real, check, t0.le);
  if (size) {
    out.response.data.truncate(*size);
  } else {
    out.response = apdu::Response(sw::wrong_le(real));
    out.withdrawn = true;
  }
  return out;
}

}  // namespace ssc::simulator::core
