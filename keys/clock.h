// The time of day, injected wherever it is used.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace ssc::keys {

using Time = std::chrono::sys_seconds;  // UTC
using Clock = std::function<Time()>;

Clock system_clock();
// Always the same second: for tests and seeded runs.
Clock fixed_clock(Time time);

// "2026-01-31T08:00:00Z", and back. Nothing for any other form, or a day that is none.
std::string to_text(Time time);
std::optional<Time> parse_time(std::string_view text);

}  // namespace ssc::keys
