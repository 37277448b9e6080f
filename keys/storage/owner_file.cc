#include "keys/storage/owner_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <vector>

namespace ssc::keys::storage {
namespace {

namespace fs = std::filesystem;

tl::unexpected<StorageError> refuse(const fs::path& file, std::string_view what) {
  return tl::unexpected(StorageError{StorageError::Kind::kFile, fmt::format("{}: {}", file.string(), what)});
}

tl::unexpected<StorageError> system_error(const fs::path& file, std::string_view what) {
  return refuse(file, fmt::format("{}: {}", what, std::strerror(errno)));
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  explicit operator bool() const { return number_ >= 0; }
  int number() const { return number_; }

 private:
  int number_;
};

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t done = ::write(descriptor, text.data(), text.size());
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(done));
  }
  return true;
}

fs::path folder_of(const fs::path& file) {
  return file.has_parent_path() ? file.parent_path() : fs::path(".");
}

// A new file beside the one meant, removed again unless it took its place.
class Beside {
 public:
  explicit Beside(const fs::path& file)
      : path_((folder_of(file) / ("." + file.filename().string() + ".XXXXXX.new")).string()),
        descriptor_(::mkostemps(path_.data(), kEndingSize, O_CLOEXEC)) {}
  Beside(const Beside&) = delete;
  Beside& operator=(const Beside&) = delete;
  ~Beside() {
    if (descriptor_) ::unlink(path_.c_str());
  }

  bool hold(std::string_view text) {
    return descriptor_ && write_all(descriptor_.number(), text) && ::fsync(descriptor_.number()) == 0;
  }
  const char* path() const { return path_.c_str(); }

 private:
  static constexpr int kEndingSize = 4;  // ".new"
  std::string path_;
  Descriptor descriptor_;  // mkostemps makes it with mode 0600
};

void sync_folder(const fs::path& file) {
  const Descriptor folder(::open(folder_of(file).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder) ::fsync(folder.number());
}

using Take = int (*)(const char* from, const char* to);

Stored<void> place(const fs::path& file, std::string_view text, Take take) {
  Beside beside(file);
  if (!beside.hold(text) || take(beside.path(), file.c_str()) != 0)
    return system_error(file, "cannot be written");
  sync_folder(file);
  return {};
}

}  // namespace

Stored<void> write_owner_file(const fs::path& file, std::string_view text) {
  return place(file, text, [](const char* from, const char* to) { return ::rename(from, to); });
}

Stored<void> create_owner_file(const fs::path& file, std::string_view text) {
  return place(file, text, [](const char* from, const char* to) { return ::link(from, to); });
}

Stored<void> make_owner_folder(const fs::path& folder) {
  constexpr mode_t kOwnerOnly = 0700;
  std::error_code ignored;
  if (folder.empty() || fs::is_directory(folder, ignored)) return {};
  if (Stored<void> above = make_owner_folder(folder.parent_path()); !above) return above;
  if (::mkdir(folder.c_str(), kOwnerOnly) != 0 && errno != EEXIST)
    return system_error(folder, "cannot be made");
  return {};
}

Stored<SecretBytes> read_secret_file(const fs::path& file, std::size_t most) {
  const Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!descriptor) return system_error(file, "cannot be read");
  apdu::Bytes bytes(most + 1);
  std::size_t size = 0;
  while (size < bytes.size()) {
    const ssize_t got = ::read(descriptor.number(), bytes.data() + size, bytes.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_error(file, "cannot be read");
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  const SecretBytes all(std::move(bytes));
  if (size > most) return refuse(file, fmt::format("longer than {} bytes", most));
  return SecretBytes(all.reveal().first(size));
}

}  // namespace ssc::keys::storage
