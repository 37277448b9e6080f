#include "simulator/store/state_file.h"

#include <fmt/format.h>

#include <fstream>

namespace ssc::simulator::store {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFormat = "2";
constexpr const char* kFormatName = "format";
constexpr const char* kDigestName = "card";
constexpr const char* kSourceName = "source";

tl::unexpected<StateError> refuse(std::string what) { return tl::unexpected(StateError{std::move(what)}); }

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

// PIN and keys lie in it: nobody else may read a new one, nor the log that SQLite makes beside it.
void make_private(const fs::path& file) {
  std::error_code ignored;
  if (fs::exists(file, ignored)) return;
  std::ofstream(file).close();
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write, ignored);
}

}  // namespace

StateFile::StateFile(const fs::path& file, FileLock lock)
    : file_(file), database_(std::make_unique<Database>(file)), lock_(std::move(lock)) {}

tl::expected<StateFile, StateError> StateFile::open(const fs::path& directory, const std::string& name) {
  auto lock = take_lock(directory, name);
  if (!lock) return tl::unexpected(lock.error());
  make_private(file_path(directory, name));
  StateFile file(file_path(directory, name), *std::move(lock));
  if (const auto read = file.read(); !read) return tl::unexpected(read.error());
  return file;
}

tl::unexpected<StateError> StateFile::unusable(const std::string& why) const {
  return refuse(
      fmt::format("{}: no usable state file ({}); it is kept: take a copy back that fits, or "
                  "'ssc card reset {}' starts the card anew",
                  file_.string(), why, folder()));
}

tl::expected<void, StateError> StateFile::read() {
  const bool read = database_->open() && database_->for_each_cell([&](core::CellId id, core::ByteView value) {
    cells_[id].assign(value.begin(), value.end());
  });
  if (!read) return unusable(database_->last_error());
  if (database_->stamp() < lock_.number()) return unusable("it is older than what the card has answered");
  const auto format = database_->property(kFormatName);
  is_new_ = cells_.empty() && !format;
  if (!is_new_ && format != kFormat) return unusable("not made by this version of ssc");
  return {};
}

Origin StateFile::origin() {
  return {database_->property(kDigestName).value_or(""), database_->property(kSourceName).value_or("")};
}

// The format is written last: without it, and without cells, the file holds nothing yet.
tl::expected<void, StateError> StateFile::adopt(const Origin& origin) {
  if (is_new_ && !(database_->set_property(kDigestName, origin.digest) &&
                   database_->set_property(kSourceName, origin.source) &&
                   database_->set_property(kFormatName, kFormat))) {
    return refuse(fmt::format("{}: cannot be written: {}", file_.string(), database_->last_error()));
  }
  is_new_ = false;
  if (database_->property(kDigestName) == origin.digest) return {};
  return refuse(
      fmt::format("{}: made for another version of the card file, its profile or key set; "
                  "take those back, or 'ssc card reset {}' starts the card anew",
                  file_.string(), folder()));
}

// The lock file knows how many writes were done, so that a state file that lost some is noticed.
bool StateFile::write(std::span<const core::Change> changes) {
  if (!database_->write(changes)) return false;
  lock_.set_number(database_->stamp());
  return true;
}

bool has_state(const fs::path& directory, const std::string& name) {
  std::error_code ignored;
  return fs::exists(file_path(directory, name), ignored);
}

tl::expected<void, StateError> copy_state(const fs::path& from, const fs::path& to, const std::string& name) {
  if (has_state(to, name)) return refuse(fmt::format("{}: there already", file_path(to, name).string()));
  auto source = StateFile::open(from, name);
  if (!source) return tl::unexpected(source.error());
  auto target = StateFile::open(to, name);
  if (!target) return tl::unexpected(target.error());
  if (const auto adopted = target->adopt(source->origin()); !adopted) return adopted;
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
