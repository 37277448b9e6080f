// How long a card takes to answer, by command: so that a terminal's time-outs can be tested (Part 2 §9.3,
// issuers' own limits).
#pragma once

#include <array>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "apdu/catalogue.h"
#include "apdu/input_error.h"

namespace ssc::simulator::latency {

using Microseconds = std::chrono::microseconds;

// fixed + per_byte × (bytes of command and answer) + something from jitter_min to jitter_max.
struct Delay {
  Microseconds fixed{0};
  Microseconds per_byte{0};
  Microseconds jitter_min{0};
  Microseconds jitter_max{0};  // at least jitter_min
};

struct LatencyProfile {
  std::string name;
  Delay other;  // commands that no rule names, and bytes that are no command
  struct Rule {
    apdu::CommandId command{};
    Delay delay;
  };
  std::vector<Rule> rules;  // at most one a command

  const Delay& of(apdu::CommandId command) const;
};

// A path or a built-in name ("latency-field"); schema simulator/profiles/latency.xsd.
apdu::Loaded<LatencyProfile> load_latency(std::string_view path_or_name);

}  // namespace ssc::simulator::latency
