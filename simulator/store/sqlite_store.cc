#include "simulator/store/sqlite_store.h"

#include <fmt/format.h>

#include "simulator/store/database.h"
#include "simulator/store/file_lock.h"

namespace ssc::simulator::store {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFormat = "1";
constexpr const char* kFormatName = "format";
constexpr const char* kDigestName = "card";

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
  return refuse(fmt::format("{}: another process has this card; end it, or name another --state folder",
                            file_path(directory, name).string()));
}

}  // namespace

class SqliteStore::Database {
 public:
  Database(const fs::path& file, FileLock lock) : cells(file), lock_(std::move(lock)) {}
  store::Database cells;

 private:
  FileLock lock_;
};

SqliteStore::SqliteStore(std::unique_ptr<Database> database) : database_(std::move(database)) {}
SqliteStore::~SqliteStore() = default;

tl::expected<std::unique_ptr<SqliteStore>, StateError> SqliteStore::open(const fs::path& directory,
                                                                         const std::string& name,
                                                                         const std::string& digest) {
  auto lock = take_lock(directory, name);
  if (!lock) return tl::unexpected(lock.error());
  const std::string file = file_path(directory, name).string();
  auto database = std::make_unique<Database>(file, *std::move(lock));
  store::Database& cells = database->cells;
  if (!cells.open()) {
    return refuse(fmt::format(
        "{}: no usable state file ({}); it is kept: move it away, or 'ssc card reset' makes a new one", file,
        cells.last_error()));
  }
  // The format is written last and before any cell: without it the file holds nothing yet.
  const bool is_new = !cells.property(kFormatName);
  if (is_new && !(cells.set_property(kDigestName, digest) && cells.set_property(kFormatName, kFormat))) {
    return refuse(fmt::format("{}: cannot be written: {}", file, cells.last_error()));
  }
  if (cells.property(kFormatName) != kFormat) {
    return refuse(
        fmt::format("{}: not a state file of this version; 'ssc card reset' makes a new one", file));
  }
  if (cells.property(kDigestName) != digest) {
    return refuse(
        fmt::format("{}: made for another version of the card file, its profile or key set; "
                    "take those back, or 'ssc card reset' starts the card anew",
                    file));
  }
  std::unique_ptr<SqliteStore> store(new SqliteStore(std::move(database)));
  const bool read = cells.for_each_cell(
      [&](core::CellId id, core::ByteView value) { store->cells_[id].assign(value.begin(), value.end()); });
  if (!read) return refuse(fmt::format("{}: cannot be read: {}", file, cells.last_error()));
  return store;
}

std::optional<core::ByteView> SqliteStore::find(core::CellId id) const {
  const auto it = cells_.find(id);
  if (it == cells_.end()) return std::nullopt;
  return core::ByteView(it->second);
}

bool SqliteStore::commit(std::span<const core::Change> changes) {
  if (!database_->cells.write(changes)) return false;
  for (const core::Change& change : changes)
    cells_[change.id].assign(change.value.begin(), change.value.end());
  return true;
}

tl::expected<void, StateError> remove_state(const fs::path& directory, const std::string& name) {
  const auto lock = take_lock(directory, name);
  if (!lock) return tl::unexpected(lock.error());
  const std::string file = file_path(directory, name).string();
  for (const char* suffix : {"", "-wal", "-shm"}) {
    std::error_code failed;
    fs::remove(file + suffix, failed);
    if (failed) return refuse(fmt::format("{}{}: cannot be removed: {}", file, suffix, failed.message()));
  }
  return {};
}

}  // namespace ssc::simulator::store
