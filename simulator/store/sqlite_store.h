// A card's changes in a file that outlives the process: SQLite, WAL, synchronous FULL, one transaction a
// commit. What was committed survives SIGKILL and power loss.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <tl/expected.hpp>

#include "simulator/core/store.h"

namespace ssc::simulator::store {

// One line for a person, with how to mend it.
struct StateError {
  std::string what;
};

class SqliteStore final : public core::Store {
 public:
  // Opens or makes `directory`/`name`.db and holds it against other processes until destroyed. `digest` (hex)
  // names the files the card was built from. Refused, with the file untouched: another process has it, it is
  // damaged or no state file, or its card had another digest.
  static tl::expected<std::unique_ptr<SqliteStore>, StateError> open(const std::filesystem::path& directory,
                                                                     const std::string& name,
                                                                     const std::string& digest);
  ~SqliteStore() override;

  std::optional<core::ByteView> find(core::CellId id) const override;
  bool commit(std::span<const core::Change> changes) override;

  const std::map<core::CellId, core::Bytes>& cells() const { return cells_; }

 private:
  class Database;
  explicit SqliteStore(std::unique_ptr<Database> database);

  std::unique_ptr<Database> database_;
  std::map<core::CellId, core::Bytes> cells_;  // what the file holds
};

// Removes a card's state, so that it is as its card file says. Refused while a process has it.
tl::expected<void, StateError> remove_state(const std::filesystem::path& directory, const std::string& name);

}  // namespace ssc::simulator::store
