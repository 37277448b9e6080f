#include "tools/ssc/progress_line.h"

#include <fmt/format.h>
#include <unistd.h>

#include <ostream>

namespace ssc::tools {
namespace {

using Seconds = std::chrono::duration<double>;
constexpr std::size_t kBarWidth = 24;
constexpr std::chrono::milliseconds kBarEvery{100};
constexpr std::chrono::seconds kLineEvery{10};

std::string bar(std::size_t done, std::size_t total) {
  const std::size_t filled = kBarWidth * done / total;
  std::string text(filled, '=');
  if (filled < kBarWidth) text += '>';
  text.resize(kBarWidth, ' ');
  return text;
}

std::string time_text(double seconds) {
  const auto whole = static_cast<unsigned long>(seconds + 0.5);
  if (whole < 120) return fmt::format("{} s", whole);
  if (whole < 7200) return fmt::format("{} min", whole / 60);
  return fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
}

}  // namespace

std::string progress_text(std::size_t done, std::size_t total, Seconds passed) {
  if (total == 0) return {};
  std::string text = fmt::format("[{}] {}/{}  {} %", bar(done, total), done, total, 100 * done / total);
  if (done == 0 || passed.count() <= 0) return text;
  const double rate = static_cast<double>(done) / passed.count();
  text += fmt::format("  {:.{}f}/s", rate, rate < 10 ? 1 : 0);
  if (done < total) text += fmt::format("  {} left", time_text(static_cast<double>(total - done) / rate));
  return text;
}

ProgressLine::ProgressLine(std::ostream& out, Form form, std::size_t total, Clock clock)
    : out_(out), form_(form), total_(total), clock_(std::move(clock)), started_(clock_()), drawn_(started_) {}

void ProgressLine::advance(std::size_t done, std::string_view note) {
  if (form_ == Form::kNone) return;
  const auto now = clock_();
  const bool bar = form_ == Form::kBar;
  const bool due = bar ? now - drawn_ >= kBarEvery : now - drawn_ >= kLineEvery;
  if (!due && done != total_) return;
  drawn_ = now;
  const std::string text = progress_text(done, total_, now - started_);
  out_ << (bar ? "\r\033[K" : "") << text << (note.empty() ? "" : "  ") << note << (bar ? "" : "\n")
       << std::flush;
  shown_ = bar;
}

void ProgressLine::clear() {
  if (!shown_) return;
  out_ << "\r\033[K" << std::flush;
  shown_ = false;
}

ProgressLine::Form progress_form(ProgressLine::Form otherwise) {
  return isatty(STDERR_FILENO) == 1 ? ProgressLine::Form::kBar : otherwise;
}

}  // namespace ssc::tools
