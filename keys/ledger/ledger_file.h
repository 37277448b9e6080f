// The bytes of a ledger: one file, locked, read by lines, appended to by whole lines. Private to this folder.
#pragma once

#include <filesystem>
#include <functional>
#include <string_view>

#include "keys/ledger/ledger_error.h"

namespace ssc::keys::ledger {

// Holds the file open and locked (flock): readers together, a writer alone. The kernel lets go when the
// process ends, however it ends.
class LedgerFile {
 public:
  // Waits up to ten seconds for the lock. Errors: not there, not readable, still locked.
  static Kept<LedgerFile> open_to_read(const std::filesystem::path& file);
  static Kept<LedgerFile> open_to_append(const std::filesystem::path& file);
  // Makes it, mode 0600, for appending. Error: it is there already.
  static Kept<LedgerFile> create(const std::filesystem::path& file);

  LedgerFile(LedgerFile&& other) noexcept;
  LedgerFile& operator=(LedgerFile&& other) noexcept;
  LedgerFile(const LedgerFile&) = delete;
  LedgerFile& operator=(const LedgerFile&) = delete;
  ~LedgerFile();

  std::uint64_t size() const;
  // Which file it is, whatever its name becomes.
  std::uint64_t identity() const;

  // Gives every whole line from byte `from` on, without its end, and how many bytes it takes with it, until
  // `take` returns false. `rest` is what stands behind the last line end: nothing in a ledger written whole.
  struct Rest {
    std::uint64_t at = 0;
    std::string text = {};
  };
  using TakeLine = std::function<bool(std::string_view line)>;
  Kept<Rest> read_lines(std::uint64_t from, const TakeLine& take) const;

  // The line and its end, synced. On any error the file is what it was.
  Kept<void> append(std::string_view line);
  // Cuts off what stands from byte `at` on, synced.
  Kept<void> cut(std::uint64_t at);

 private:
  LedgerFile(std::filesystem::path path, int descriptor);
  static Kept<LedgerFile> take(const std::filesystem::path& file, int flags, int lock);
  tl::unexpected<LedgerError> error(std::string_view what) const;
  std::filesystem::path path_;
  int descriptor_ = -1;
};

}  // namespace ssc::keys::ledger
