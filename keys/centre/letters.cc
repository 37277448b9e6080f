#include "keys/centre/letters.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "keys/storage/owner_file.h"

namespace ssc::keys::centre {
namespace {

namespace fs = std::filesystem;
using storage::StorageError;

constexpr std::string_view kEnding = ".txt";

tl::unexpected<StorageError> fail(const fs::path& file, int error) {
  return tl::unexpected(
      StorageError{StorageError::Kind::kFile, fmt::format("{}: {}", file.string(), std::strerror(error))});
}

// Follows no link: what it overwrites lies in the folder itself.
storage::Stored<void> overwrite(const fs::path& file) {
  constexpr std::array<std::uint8_t, 4096> kZeros{};
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_NOFOLLOW | O_CLOEXEC);
  if (descriptor < 0) return fail(file, errno);
  off_t left = ::lseek(descriptor, 0, SEEK_END);
  bool done = left >= 0;
  while (done && left > 0) {
    const auto part = static_cast<std::size_t>(std::min<off_t>(left, kZeros.size()));
    left -= static_cast<off_t>(part);
    done = ::pwrite(descriptor, kZeros.data(), part, left) == static_cast<ssize_t>(part);
  }
  const int why = errno;
  ::close(descriptor);
  if (!done) return fail(file, why);
  return {};
}

storage::Stored<void> remove(const fs::path& file) {
  if (::unlink(file.c_str()) != 0) return fail(file, errno);
  return {};
}

// Everything written to the file system of that folder is on disk.
storage::Stored<void> sync_all(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return fail(folder, errno);
  const bool done = ::syncfs(descriptor) == 0;
  const int why = errno;
  ::close(descriptor);
  if (!done) return fail(folder, why);
  return {};
}

// Gives how many letters were among the files.
template <class Work>
storage::Stored<std::size_t> each_file(const fs::path& folder, Work work) {
  std::size_t letters = 0;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    letters += at->path().extension() == kEnding ? 1 : 0;
    if (const auto done = work(at->path()); !done) return tl::unexpected(done.error());
  }
  if (error) return fail(folder, error.value());
  return letters;
}

// Put together in memory that is wiped.
storage::SecretBytes letter(std::string_view card_number, std::string_view holder_line,
                            std::string_view pin) {
  constexpr std::size_t kMost = 1024;
  apdu::Bytes text;
  text.reserve(kMost + card_number.size() + holder_line.size());
  for (const std::string_view part :
       {std::string_view("社会保障卡个人密码信  Social security card: your PIN\n\n卡号 Card number  "),
        card_number, std::string_view("\n持卡人 Holder     "), holder_line,
        std::string_view("\n初始密码 PIN      "), pin,
        std::string_view("\n\n请尽快修改密码，并销毁此信。 Change the PIN soon and destroy this letter.\n")})
    text.insert(text.end(), part.begin(), part.end());
  return storage::SecretBytes(std::move(text));
}

}  // namespace

storage::Stored<void> write_letter(const fs::path& letters, std::string_view card_number,
                                   std::string_view holder_line, const Pin& pin) {
  if (auto made = storage::make_owner_folder(letters); !made) return made;
  return storage::write_owner_file(letters / (std::string(card_number) + std::string(kEnding)),
                                   letter(card_number, holder_line, pin.reveal()).reveal_text());
}

storage::Stored<std::size_t> wipe_letters(const fs::path& letters) {
  std::error_code error;
  if (!fs::exists(letters, error)) return std::size_t{0};
  if (const auto written = each_file(letters, overwrite); !written) return written;
  if (const auto synced = sync_all(letters); !synced) return tl::unexpected(synced.error());
  const auto count = each_file(letters, remove);
  if (count && ::rmdir(letters.c_str()) != 0) return fail(letters, errno);
  return count;
}

}  // namespace ssc::keys::centre
