#include "simulator/store/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "apdu/bytes.h"

namespace ssc::simulator::store {
namespace {

constexpr int kNumberSize = 8;

}  // namespace

tl::expected<FileLock, std::error_code> FileLock::take(const std::filesystem::path& path) {
  constexpr int kOwnerOnly = 0600;
  FileLock lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kOwnerOnly));
  if (lock.descriptor_ < 0 || ::flock(lock.descriptor_, LOCK_EX | LOCK_NB) != 0)
    return tl::unexpected(std::error_code(errno, std::system_category()));
  return lock;
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

FileLock::~FileLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::uint64_t FileLock::number() const {
  std::array<std::uint8_t, kNumberSize> bytes{};
  const bool whole = ::pread(descriptor_, bytes.data(), bytes.size(), 0) == kNumberSize;
  return whole ? apdu::number(bytes) : 0;
}

void FileLock::set_number(std::uint64_t number) {
  const auto bytes = apdu::big_endian<kNumberSize>(number);
  [[maybe_unused]] const auto written = ::pwrite(descriptor_, bytes.data(), bytes.size(), 0);
}

}  // namespace ssc::simulator::store
