// One process at a time: an advisory lock on a file, freed by the kernel when the process ends, however it
// ends.
#pragma once

#include <cstdint>
#include <filesystem>
#include <system_error>
#include <tl/expected.hpp>

namespace ssc::simulator::store {

class FileLock {
 public:
  // Makes the file when it is not there. Error: operation_would_block when another process holds it, else why
  // the file cannot be had.
  static tl::expected<FileLock, std::error_code> take(const std::filesystem::path& path);

  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&& other) noexcept;
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  ~FileLock();

  // A number the lock file carries from one holder to the next; 0 in a new one. Not synced: it outlives the
  // process, not the machine.
  std::uint64_t number() const;
  void set_number(std::uint64_t number);

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

}  // namespace ssc::simulator::store
