// A card's changes in a file that outlives the process: SQLite, WAL, synchronous FULL, one transaction a
// commit. What was committed survives SIGKILL and power loss.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "simulator/core/store.h"
#include "simulator/store/state_file.h"

namespace ssc::simulator::store {

class SqliteStore final : public core::Store {
 public:
  // Opens or makes `directory`/`name`.db and holds it against other processes until destroyed. Refused, with
  // the file kept, as by StateFile.
  static tl::expected<std::unique_ptr<SqliteStore>, StateError> open(const std::filesystem::path& directory,
                                                                     const std::string& name,
                                                                     const Origin& origin,
                                                                     const StateFile::Access& access = {});

  std::optional<core::ByteView> find(core::CellId id) const override;
  bool commit(std::span<const core::Change> changes) override;

  const StateFile::Cells& cells() const { return cells_; }

 private:
  explicit SqliteStore(StateFile file) : file_(std::move(file)), cells_(file_.cells()) {}

  StateFile file_;
  StateFile::Cells cells_;  // what the file holds
};

}  // namespace ssc::simulator::store
