#include "simulator/store/sqlite_store.h"

namespace ssc::simulator::store {

tl::expected<std::unique_ptr<SqliteStore>, StateError> SqliteStore::open(
    const std::filesystem::path& directory, const std::string& name, const Origin& origin,
    const StateFile::Access& access) {
  auto file = StateFile::open(directory, name, access);
  if (!file) return tl::unexpected(file.error());
  if (const auto fits = file->adopt(origin, access); !fits) return tl::unexpected(fits.error());
  return std::unique_ptr<SqliteStore>(new SqliteStore(*std::move(file)));
}

std::optional<core::ByteView> SqliteStore::find(core::CellId id) const {
  const auto it = cells_.find(id);
  if (it == cells_.end()) return std::nullopt;
  return core::ByteView(it->second);
}

bool SqliteStore::commit(std::span<const core::Change> changes) {
  if (!file_.write(changes)) return false;
  for (const core::Change& change : changes)
    cells_[change.id].assign(change.value.begin(), change.value.end());
  return true;
}

}  // namespace ssc::simulator::store
