// What a run found: verdicts, each with its reason, down to every exchange.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "apdu/status_word.h"
#include "apdu/trace.h"
#include "conformance/script/model.h"
#include "simulator/profile/model.h"

namespace ssc::conformance {

enum class Verdict : std::uint8_t { kPass, kWarn, kFail, kInconclusive, kNotApplicable, kNotRun, kError };
inline constexpr std::size_t kVerdictCount = 7;
std::string_view name(Verdict verdict);  // "PASS", "N/A", "NOT RUN"

// One event at a card's contacts, kept after the fact.
struct Exchange {
  apdu::TraceEvent::Kind kind = apdu::TraceEvent::Kind::kExchange;
  apdu::Slot slot = apdu::Slot::kCard;
  apdu::Bytes command;   // kExchange
  apdu::Bytes response;  // kExchange: data ‖ SW; kPowerOn, kReset: the ATR
  apdu::SensitiveRanges command_secrets;
  apdu::SensitiveRanges response_secrets;
  std::string name;           // of the command: "VERIFY"
  apdu::OwnedPhrase subject;  // the file, item or key it is about: "UK1DF01"; empty: none is named
  std::string note;           // why the runner sent it: "GET RESPONSE after 6110"
  std::uint64_t time_us = 0;  // since the run's start
  std::uint32_t took_us = 0;

  // The octets as text, secret ones as stars unless `unmask`.
  std::string command_text(bool unmask) const;
  std::string response_text(bool unmask) const;
  // The same as an event for a trace; views this.
  apdu::TraceEvent event() const;
};

// Expected beside got, for a person; secrets already masked.
struct Difference {
  std::string expected;
  std::string got;
};

enum class StepOutcome : std::uint8_t { kDone, kPassed, kWarned, kFailed, kSkipped, kError };

struct StepResult {
  Where at;
  std::string element;  // "send"
  unsigned depth = 0;   // routines and groups around it
  std::string text;     // what it did, short
  StepOutcome outcome = StepOutcome::kDone;
  std::string reason;  // of anything but kDone and kPassed
  std::optional<Difference> difference;
  std::vector<Exchange> exchanges;
};

struct CaseResult {
  const Suite* suite = nullptr;
  const Case* test = nullptr;
  std::string card;                                            // the card file's name
  std::shared_ptr<const simulator::profile::CardModel> model;  // of that card
  Verdict verdict = Verdict::kNotRun;
  std::string reason;  // one line; empty only for kPass
  std::vector<StepResult> steps;
  std::uint64_t took_us = 0;
};

struct Totals {
  std::array<std::size_t, kVerdictCount> count{};

  void add(Verdict verdict) { ++count[static_cast<std::size_t>(verdict)]; }
  std::size_t operator[](Verdict verdict) const { return count[static_cast<std::size_t>(verdict)]; }
  std::size_t all() const;
};

// 0: at least one case ran, none FAIL, ERROR or INCONCLUSIVE; 1: a FAIL; 3: an ERROR, an INCONCLUSIVE, or
// nothing ran.
int exit_status(const Totals& totals);

}  // namespace ssc::conformance
