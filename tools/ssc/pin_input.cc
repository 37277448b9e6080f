#include "tools/ssc/pin_input.h"

#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <optional>

#include "keys/storage/owner_file.h"

namespace ssc::tools {
namespace {

using keys::Pin;
using keys::storage::SecretBytes;
using Pins = std::vector<Pin>;

// The terminal shows nothing that is typed until the end of the scope.
class NoEcho {
 public:
  NoEcho() {
    if (::tcgetattr(STDIN_FILENO, &before_) != 0) return;
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    silenced_ = ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0;
  }
  NoEcho(const NoEcho&) = delete;
  NoEcho& operator=(const NoEcho&) = delete;
  ~NoEcho() {
    if (silenced_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  bool silenced() const { return silenced_; }

 private:
  termios before_{};
  bool silenced_ = false;
};

// Octet by octet, so that nothing behind the line is taken.
std::optional<SecretBytes> typed_line() {
  apdu::Bytes line;
  constexpr std::size_t kMost = 64;
  line.reserve(kMost);
  char c = 0;
  while (::read(STDIN_FILENO, &c, 1) == 1) {
    if (c == '\n') return SecretBytes(std::move(line));
    if (line.size() == kMost) return std::nullopt;
    line.push_back(static_cast<std::uint8_t>(c));
  }
  return std::nullopt;
}

tl::expected<Pins, Complaint> typed(const std::vector<std::string>& prompts) {
  if (::isatty(STDIN_FILENO) == 0)
    return complaint("a PIN is wanted and no terminal is there to type it at; name --pin-file FILE");
  const NoEcho no_echo;
  if (!no_echo.silenced()) return complaint("the terminal cannot hide what is typed; name --pin-file FILE");
  Pins pins;
  for (const std::string& prompt : prompts) {
    std::fprintf(stderr, "%s: ", prompt.c_str());
    const auto line = typed_line();
    std::fputc('\n', stderr);
    const auto pin = line ? Pin::of(line->reveal_text()) : std::nullopt;
    if (!pin) return complaint(prompt + ": at most 16 digits, and nothing else");
    pins.push_back(*pin);
  }
  return pins;
}

tl::expected<Pins, Complaint> from_file(const std::string& file, const std::vector<std::string>& prompts) {
  constexpr std::size_t kMost = 4096;
  const auto all = keys::storage::read_secret_file(file == "-" ? "/dev/stdin" : file, kMost);
  if (!all) return complaint("--pin-file: " + all.error().what);
  std::string_view rest = all->reveal_text();
  Pins pins;
  for (const std::string& prompt : prompts) {
    if (rest.empty())
      return complaint(fmt::format("--pin-file {}: no line {} ({})", file, pins.size() + 1, prompt));
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    const auto pin = Pin::of(line);
    if (!pin)
      return complaint(fmt::format("--pin-file {}: line {} ({}): at most 16 digits, and nothing else", file,
                                   pins.size() + 1, prompt));
    pins.push_back(*pin);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (rest.find_first_not_of("\r\n") != std::string_view::npos)
    return complaint(fmt::format("--pin-file {}: more than {} lines", file, prompts.size()));
  return pins;
}

}  // namespace

tl::expected<Pins, Complaint> read_pins(const std::string& file, const std::vector<std::string>& prompts) {
  return file.empty() ? typed(prompts) : from_file(file, prompts);
}

void add_pin_option(CLI::App& command, std::string& file, const std::string& lines) {
  command.add_option(
      "--pin-file", file,
      "File with " + lines + ", one a line; - is standard input; without it they are asked for");
}

}  // namespace ssc::tools
