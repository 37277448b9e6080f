#include "conformance/desk/blacklist.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "apdu/text/identity.h"

namespace ssc::conformance::desk {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kHeader = "identification_code,card_number,card_number_to,since";
constexpr std::size_t kColumns = 4;
constexpr std::size_t kIdentificationDigits = 32;
constexpr mode_t kMode = 0600;

apdu::InputError at(const fs::path& file, unsigned line, std::string what, std::string mend) {
  return {file.string(), line, std::move(what), std::move(mend)};
}

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> cells(1);
  for (const char c : line) {
    if (c == ',')
      cells.emplace_back();
    else if (c != '\r')
      cells.back() += c;
  }
  return cells;
}

bool is_identification(std::string_view text) {
  return text.size() == kIdentificationDigits &&
         text.find_first_not_of("0123456789ABCDEF") == std::string_view::npos;
}

// What is wrong with a row; nothing when it is one.
std::optional<std::string> odd(const BlacklistRow& row) {
  if (const auto wrong = apdu::check_card_number(row.card_number)) return "card_number: " + wrong->what;
  if (row.last.empty()) {
    if (is_identification(row.identification)) return std::nullopt;
    return "identification_code: not 32 hexadecimal digits";
  }
  if (!row.identification.empty()) return "identification_code: a range of card numbers has none";
  if (const auto wrong = apdu::check_card_number(row.last)) return "card_number_to: " + wrong->what;
  if (row.last < row.card_number) return "card_number_to: before card_number";
  return std::nullopt;
}

apdu::Loaded<BlacklistRow> read_row(const fs::path& file, unsigned number, const std::string& line) {
  auto cells = split(line);
  if (cells.size() != kColumns)
    return tl::unexpected(at(file, number, fmt::format("{} columns, must be {}", cells.size(), kColumns),
                             "write " + std::string(kHeader)));
  BlacklistRow row{cells[0], cells[1], cells[2], cells[3]};
  if (const auto wrong = odd(row))
    return tl::unexpected(at(file, number, *wrong, "write " + std::string(kHeader)));
  return row;
}

// A file that is locked against other desks until the end of its scope.
class LockedFile {
 public:
  explicit LockedFile(const fs::path& file)
      : descriptor_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kMode)) {
    if (descriptor_ >= 0) ::flock(descriptor_, LOCK_EX);
  }
  LockedFile(const LockedFile&) = delete;
  LockedFile& operator=(const LockedFile&) = delete;
  ~LockedFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  bool add(const std::string& line) {
    const auto size = whole_size();
    if (!size || ::ftruncate(descriptor_, *size) != 0 || ::lseek(descriptor_, *size, SEEK_SET) < 0)
      return false;
    const std::string text = (*size == 0 ? std::string(kHeader) + "\n" : "") + line + "\n";
    return ::write(descriptor_, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
           ::fsync(descriptor_) == 0;
  }

 private:
  // Up to the last line end: a line that was cut off by a loss of power goes.
  std::optional<off_t> whole_size() const {
    off_t size = ::lseek(descriptor_, 0, SEEK_END);
    if (size < 0) return std::nullopt;
    for (char last = 0; size > 0; --size) {
      if (::pread(descriptor_, &last, 1, size - 1) != 1) return std::nullopt;
      if (last == '\n') break;
    }
    return size;
  }

  int descriptor_;
};

}  // namespace

bool Blacklist::names(std::string_view identification, std::string_view card_number) const {
  return std::ranges::any_of(rows_, [&](const BlacklistRow& row) {
    if (row.last.empty()) return row.identification == identification && row.card_number == card_number;
    return row.card_number <= card_number && card_number <= row.last;
  });
}

apdu::Loaded<Blacklist> load_blacklist(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) return tl::unexpected(at(file, 0, "cannot be read", "name a blacklist"));
  const std::string whole = text.str().substr(0, text.str().rfind('\n') + 1);
  std::istringstream lines(whole);
  std::vector<BlacklistRow> rows;
  unsigned number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (number == 1) {
      if (split(line) != split(std::string(kHeader)))
        return tl::unexpected(
            at(file, 1, "this is no blacklist", "the first line is " + std::string(kHeader)));
      continue;
    }
    auto row = read_row(file, number, line);
    if (!row) return tl::unexpected(row.error());
    rows.push_back(std::move(*row));
  }
  return Blacklist(std::move(rows));
}

Decided<void> add_to_blacklist(const fs::path& file, const BlacklistRow& row) {
  LockedFile locked(file);
  if (locked.add(fmt::format("{},{},{},{}", row.identification, row.card_number, row.last, row.since)))
    return {};
  return not_carried_out("blacklist",
                         fmt::format("{}: cannot be written: {}", file.string(), std::strerror(errno)));
}

}  // namespace ssc::conformance::desk
