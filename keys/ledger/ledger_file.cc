#include "keys/ledger/ledger_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>
#include <utility>

#include "keys/ledger/record_text.h"

namespace ssc::keys::ledger {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kPatience{10};
constexpr std::chrono::milliseconds kPause{5};
constexpr int kOwnerOnly = 0600;

bool lock(int descriptor, int how) {
  const auto end = std::chrono::steady_clock::now() + kPatience;
  while (::flock(descriptor, how | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) return false;
    if (std::chrono::steady_clock::now() >= end) {
      errno = ETIMEDOUT;
      return false;
    }
    std::this_thread::sleep_for(kPause);
  }
  return true;
}

void sync_folder(const fs::path& file) {
  const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t done = ::write(descriptor, text.data(), text.size());
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(done));
  }
  return true;
}

}  // namespace

LedgerFile::LedgerFile(fs::path path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}

LedgerFile::LedgerFile(LedgerFile&& other) noexcept
    : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)) {}

LedgerFile& LedgerFile::operator=(LedgerFile&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

LedgerFile::~LedgerFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

tl::unexpected<LedgerError> LedgerFile::error(std::string_view what) const {
  return tl::unexpected(LedgerError{LedgerError::Kind::kFile,
                                    fmt::format("{}: {}: {}", path_.string(), what, std::strerror(errno))});
}

Kept<LedgerFile> LedgerFile::take(const fs::path& file, int flags, int how) {
  LedgerFile taken(file, ::open(file.c_str(), flags | O_CLOEXEC, kOwnerOnly));
  if (taken.descriptor_ < 0) return taken.error("cannot be opened");
  if (!lock(taken.descriptor_, how))
    return taken.error(errno == ETIMEDOUT ? "another program holds it for ten seconds" : "cannot be locked");
  return taken;
}

Kept<LedgerFile> LedgerFile::open_to_read(const fs::path& file) { return take(file, O_RDONLY, LOCK_SH); }

Kept<LedgerFile> LedgerFile::open_to_append(const fs::path& file) {
  return take(file, O_RDWR | O_APPEND, LOCK_EX);
}

Kept<LedgerFile> LedgerFile::create(const fs::path& file) {
  auto made = take(file, O_RDWR | O_APPEND | O_CREAT | O_EXCL, LOCK_EX);
  if (made) sync_folder(file);
  return made;
}

std::uint64_t LedgerFile::size() const {
  struct stat status {};
  return ::fstat(descriptor_, &status) == 0 ? static_cast<std::uint64_t>(status.st_size) : 0;
}

std::uint64_t LedgerFile::identity() const {
  struct stat status {};
  return ::fstat(descriptor_, &status) == 0 ? static_cast<std::uint64_t>(status.st_ino) : 0;
}

Kept<LedgerFile::Rest> LedgerFile::read_lines(std::uint64_t from, const TakeLine& take) const {
  constexpr std::size_t kPiece = 1 << 16;
  Rest rest{from};
  std::string piece(kPiece, '\0');
  for (std::uint64_t at = from;;) {
    const ssize_t got = ::pread(descriptor_, piece.data(), piece.size(), static_cast<off_t>(at));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return error("cannot be read");
    if (got == 0) return rest;
    at += static_cast<std::uint64_t>(got);
    rest.text.append(piece, 0, static_cast<std::size_t>(got));
    std::size_t begin = 0;
    for (std::size_t end = 0; (end = rest.text.find('\n', begin)) != std::string::npos; begin = end + 1) {
      if (!take(std::string_view(rest.text).substr(begin, end - begin))) return rest;
      rest.at += end + 1 - begin;
    }
    rest.text.erase(0, begin);
    if (rest.text.size() > kLongestLine) return rest;
  }
}

Kept<void> LedgerFile::append(std::string_view line) {
  const std::uint64_t before = size();
  if (write_all(descriptor_, std::string(line) + '\n') && ::fsync(descriptor_) == 0) return {};
  const auto failed = error("cannot be written");
  [[maybe_unused]] const auto undone = cut(before);
  return failed;
}

Kept<void> LedgerFile::cut(std::uint64_t at) {
  if (::ftruncate(descriptor_, static_cast<off_t>(at)) != 0 || ::fsync(descriptor_) != 0)
    return error("cannot be cut");
  return {};
}

}  // namespace ssc::keys::ledger
