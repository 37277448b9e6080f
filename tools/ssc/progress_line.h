// How far a long command has come: a bar on a terminal, a plain line now and then elsewhere.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>

namespace ssc::tools {

// "[=====>    ]  312/1270  25 %  210/s  5 s left": empty where nothing can be said yet.
std::string progress_text(std::size_t done, std::size_t total, std::chrono::duration<double> passed);

class ProgressLine {
 public:
  enum class Form : std::uint8_t { kNone, kBar, kLines };
  using Clock = std::function<std::chrono::steady_clock::time_point()>;

  // `out` outlives the line.
  ProgressLine(std::ostream& out, Form form, std::size_t total, Clock clock = std::chrono::steady_clock::now);
  // Leaves no bar behind.
  ~ProgressLine() { clear(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  // The bar is drawn ten times a second at most, a plain line every ten seconds. `note` stands behind it.
  void advance(std::size_t done, std::string_view note = {});
  // Takes the bar off the terminal, so that something else can be written; the next advance draws it anew.
  void clear();

 private:
  std::ostream& out_;
  Form form_;
  std::size_t total_;
  Clock clock_;
  std::chrono::steady_clock::time_point started_;
  std::chrono::steady_clock::time_point drawn_;
  bool shown_ = false;
};

// A bar when standard error is a terminal, else `otherwise`.
ProgressLine::Form progress_form(ProgressLine::Form otherwise);

}  // namespace ssc::tools
