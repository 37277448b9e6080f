#include "simulator/store/state_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "keys/storage/storage_xml.h"

namespace ssc::simulator::store {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFormat = "3";
constexpr const char* kClearFormat = "2";  // PIN and keys as they are
constexpr const char* kFormatName = "format";
constexpr const char* kDigestName = "card";
constexpr const char* kSourceName = "source";
constexpr const char* kStorageName = "storage";

tl::unexpected<StateError> refuse(std::string what) { return tl::unexpected(StateError{std::move(what)}); }
tl::unexpected<StateError> no_access(const fs::path& file, std::string_view what) {
  return tl::unexpected(StateError{fmt::format("{}: {}", file.string(), what), true});
}

fs::path lock_path(const fs::path& directory, const std::string& name) {
  return directory / (name + ".lock");
}
fs::path file_path(const fs::path& directory, const std::string& name) { return directory / (name + ".db"); }

tl::expected<FileLock, StateError> take_lock(const fs::path& directory, const std::string& name) {
  std::error_code failed;
  fs::create_directories(directory, failed);
  if (failed) return refuse(fmt::format("{}: cannot be made: {}", directory.string(), failed.message()));
  auto lock = FileLock::take(lock_path(directory, name));
  if (lock) return *std::move(lock);
  if (lock.error() != std::errc::operation_would_block)
    return refuse(fmt::format("{}: {}", lock_path(directory, name).string(), lock.error().message()));
  return refuse(fmt::format("{}: another process has this card; end it, or name another folder",
                            file_path(directory, name).string()));
}

// Nobody else may read a new one, nor the log that SQLite makes beside it.
void make_private(const fs::path& file) {
  constexpr mode_t kOwnerOnly = 0600;
  const int made = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kOwnerOnly);
  if (made >= 0) ::close(made);
}

}  // namespace

StateFile::StateFile(const fs::path& file, FileLock lock)
    : file_(file), database_(std::make_unique<Database>(file)), lock_(std::move(lock)) {}

tl::expected<StateFile, StateError> StateFile::open(const fs::path& directory, const std::string& name,
                                                    const Access& access) {
  auto lock = take_lock(directory, name);
  if (!lock) return tl::unexpected(lock.error());
  make_private(file_path(directory, name));
  StateFile file(file_path(directory, name), *std::move(lock));
  if (const auto read = file.read(access); !read) return tl::unexpected(read.error());
  return file;
}

tl::unexpected<StateError> StateFile::unusable(const std::string& why) const {
  return refuse(
      fmt::format("{}: no usable state file ({}); it is kept: take a copy back that fits, or "
                  "'ssc card reset {}' starts the card anew",
                  file_.string(), why, folder()));
}

tl::expected<void, StateError> StateFile::read(const Access& access) {
  if (!database_->open()) return unusable(database_->last_error());
  const auto format = database_->property(kFormatName);
  if (format == kClearFormat)
    return unusable("an earlier version of ssc made it, with PIN and keys in clear");
  if (format && format != kFormat) return unusable("not made by this version of ssc");
  if (format) {
    if (const auto unlocked = unlock(access); !unlocked) return unlocked;
  }
  if (!read_cells()) return unusable(database_->last_error());
  if (database_->stamp() < lock_.number()) return unusable("it is older than what the card has answered");
  return {};
}

tl::expected<void, StateError> StateFile::unlock(const Access& access) {
  auto record = keys::storage::parse_storage_text(database_->property(kStorageName).value_or(""));
  if (!record) return unusable("it does not say under which storage key it lies");
  auto key = keys::storage::unlock(*record, access);
  if (!key) return no_access(file_, key.error().what);
  seal_.emplace(keys::storage::Storage{*std::move(record), *std::move(key)}, origin().digest);
  return {};
}

bool StateFile::read_cells() {
  return database_->for_each_cell([this](core::CellId id, core::ByteView sealed) {
    auto value = seal_ ? seal_->open(id, sealed) : std::nullopt;
    if (value) cells_[id] = *std::move(value);
    return value.has_value();
  });
}

Origin StateFile::origin() {
  return {database_->property(kDigestName).value_or(""), database_->property(kSourceName).value_or("")};
}

tl::expected<keys::storage::Storage, StateError> StateFile::new_storage(const Origin& origin,
                                                                        const Access& access) const {
  if (access.passphrase != nullptr) {
    auto made = keys::storage::new_passphrase_storage(*access.passphrase);
    if (!made) return refuse(fmt::format("{}: {}", file_.string(), made.error().what));
    return *std::move(made);
  }
  if (origin.lab) return keys::storage::lab_storage();
  return no_access(file_,
                   "the card's keys are no test keys, so its state lies under a passphrase: give it with "
                   "--passphrase-file FILE");
}

// The format is written last: without it, and without cells, the file holds nothing yet.
tl::expected<void, StateError> StateFile::begin(const Origin& origin, keys::storage::Storage storage) {
  const bool written = database_->set_property(kStorageName, keys::storage::storage_text(storage.record)) &&
                       database_->set_property(kDigestName, origin.digest) &&
                       database_->set_property(kSourceName, origin.source) &&
                       database_->set_property(kFormatName, kFormat);
  if (!written)
    return refuse(fmt::format("{}: cannot be written: {}", file_.string(), database_->last_error()));
  seal_.emplace(std::move(storage), origin.digest);
  return {};
}

tl::expected<void, StateError> StateFile::adopt(const Origin& origin, const Access& access) {
  if (!seal_) {
    auto storage = new_storage(origin, access);
    if (!storage) return tl::unexpected(storage.error());
    return begin(origin, *std::move(storage));
  }
  if (database_->property(kDigestName) == origin.digest) return {};
  return refuse(
      fmt::format("{}: made for another version of the card file, its profile or key set; "
                  "take those back, or 'ssc card reset {}' starts the card anew",
                  file_.string(), folder()));
}

tl::expected<void, StateError> StateFile::adopt_from(StateFile& other) {
  return begin(other.origin(), other.seal_ ? other.seal_->storage() : keys::storage::lab_storage());
}

// The lock file knows how many writes were done, so that a state file that lost some is noticed.
bool StateFile::write(std::span<const core::Change> changes) {
  std::vector<core::Bytes> sealed;
  std::vector<core::Change> on_disk;
  sealed.reserve(changes.size());
  for (const core::Change& change : changes) {
    sealed.push_back(seal_->seal(change.id, change.value));
    on_disk.push_back({change.id, sealed.back()});
  }
  if (!database_->write(on_disk)) return false;
  lock_.set_number(database_->stamp());
  return true;
}

bool has_state(const fs::path& directory, const std::string& name) {
  std::error_code ignored;
  return fs::exists(file_path(directory, name), ignored);
}

tl::expected<void, StateError> copy_state(const fs::path& from, const fs::path& to, const std::string& name,
                                          const StateFile::Access& access) {
  if (has_state(to, name)) return refuse(fmt::format("{}: there already", file_path(to, name).string()));
  auto source = StateFile::open(from, name, access);
  if (!source) return tl::unexpected(source.error());
  auto target = StateFile::open(to, name);
  if (!target) return tl::unexpected(target.error());
  if (const auto adopted = target->adopt_from(*source); !adopted) return adopted;
  std::vector<core::Change> changes;
  for (const auto& [id, value] : source->cells()) changes.push_back({id, value});
  if (changes.empty() || target->write(changes)) return {};
  return refuse(fmt::format("{}: cannot be written", file_path(to, name).string()));
}

tl::expected<void, StateError> remove_state(const fs::path& directory, const std::string& name) {
  auto lock = take_lock(directory, name);
  if (!lock) return tl::unexpected(lock.error());
  lock->set_number(0);
  const std::string file = file_path(directory, name).string();
  for (const char* suffix : {"", "-wal", "-shm"}) {
    std::error_code failed;
    fs::remove(file + suffix, failed);
    if (failed) return refuse(fmt::format("{}{}: cannot be removed: {}", file, suffix, failed.message()));
  }
  return {};
}

}  // namespace ssc::simulator::store
