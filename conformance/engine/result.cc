#include "conformance/engine/result.h"

#include <numeric>

#include "apdu/hex.h"

namespace ssc::conformance {
namespace {

constexpr std::array<std::string_view, kVerdictCount> kNames = {"PASS", "WARN",    "FAIL", "INCONCLUSIVE",
                                                                "N/A",  "NOT RUN", "ERROR"};

std::string masked(apdu::ByteView bytes, const apdu::SensitiveRanges& secrets, bool unmask) {
  std::string text = apdu::to_hex(bytes, ' ');
  for (std::size_t i = 0; !unmask && i < bytes.size(); ++i) {
    if (secrets.covers(i)) text.replace(3 * i, 2, "**");
  }
  return text;
}

}  // namespace

std::string_view name(Verdict verdict) { return kNames[static_cast<std::size_t>(verdict)]; }

std::string Exchange::command_text(bool unmask) const { return masked(command, command_secrets, unmask); }
std::string Exchange::response_text(bool unmask) const { return masked(response, response_secrets, unmask); }

apdu::TraceEvent Exchange::event() const {
  return {.kind = kind,
          .slot = slot,
          .time_us = time_us,
          .command = command,
          .response = response,
          .ranges_known = true,
          .command_secrets = command_secrets,
          .response_secrets = response_secrets,
          .subject = subject.view(),
          .note = note};
}

std::size_t Totals::all() const { return std::accumulate(count.begin(), count.end(), std::size_t{0}); }

int exit_status(const Totals& totals) {
  if (totals[Verdict::kFail] > 0) return 1;
  if (totals[Verdict::kError] > 0 || totals[Verdict::kInconclusive] > 0) return 3;
  return totals[Verdict::kPass] + totals[Verdict::kWarn] > 0 ? 0 : 3;
}

}  // namespace ssc::conformance
