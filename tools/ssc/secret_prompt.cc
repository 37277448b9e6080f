#include "tools/ssc/secret_prompt.h"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

namespace ssc::tools {
namespace {

using keys::storage::SecretBytes;

constexpr std::size_t kLongest = 256;

// The terminal without echo for as long as this lives; nothing where there is no terminal.
class NoEcho {
 public:
  explicit NoEcho(int descriptor)
      : descriptor_(descriptor), is_terminal_(tcgetattr(descriptor, &before_) == 0) {
    if (!is_terminal_) return;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(descriptor_, TCSAFLUSH, &quiet);
  }
  NoEcho(const NoEcho&) = delete;
  NoEcho& operator=(const NoEcho&) = delete;
  ~NoEcho() {
    if (is_terminal_) tcsetattr(descriptor_, TCSAFLUSH, &before_);
  }
  bool is_terminal() const { return is_terminal_; }

 private:
  int descriptor_;
  termios before_{};
  bool is_terminal_;
};

// To the end of the line and no further, so that the next question finds its answer.
SecretBytes read_line(int descriptor) {
  apdu::Bytes line;
  line.reserve(kLongest);
  char c = 0;
  while (line.size() < kLongest && ::read(descriptor, &c, 1) == 1 && c != '\n') {
    if (c != '\r') line.push_back(static_cast<std::uint8_t>(c));
  }
  return SecretBytes(std::move(line));
}

void write_text(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t done = ::write(descriptor, text.data(), text.size());
    if (done <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(done));
  }
}

}  // namespace

Carried<SecretBytes> ask_secret(std::string_view question) {
  const NoEcho quiet(STDIN_FILENO);
  if (quiet.is_terminal()) write_text(STDERR_FILENO, question);
  SecretBytes answer = read_line(STDIN_FILENO);
  if (quiet.is_terminal()) write_text(STDERR_FILENO, "\n");
  if (answer.empty()) return tl::unexpected(Complaint{"nothing was entered"});
  return answer;
}

bool has_terminal() {
  const int terminal = ::open("/dev/tty", O_WRONLY | O_CLOEXEC);
  if (terminal >= 0) ::close(terminal);
  return terminal >= 0;
}

void show_on_terminal(std::string_view line) {
  const int terminal = ::open("/dev/tty", O_WRONLY | O_CLOEXEC);
  if (terminal < 0) return;
  write_text(terminal, line);
  ::close(terminal);
}

}  // namespace ssc::tools
