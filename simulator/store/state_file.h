// A state file that nobody else has: DIR/NAME.db and its lock. README.md has the format.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <tl/expected.hpp>

#include "simulator/core/cell.h"
#include "simulator/store/cell_seal.h"
#include "simulator/store/database.h"
#include "simulator/store/file_lock.h"

namespace ssc::simulator::store {

// One line for a person, with how to mend it.
struct StateError {
  std::string what;
  bool no_access = false;  // the passphrase is missing or wrong; else the file is the problem
};

// What a state belongs to.
struct Origin {
  std::string digest;  // hex, CardModel::digest: the card file, profile and keys the card was built from
  std::string source;  // where to find that card file again: an absolute path or a built-in name
  bool lab = true;     // its keys are test keys: the state may lie under the lab's storage key
};

class StateFile {
 public:
  using Cells = std::map<core::CellId, core::Bytes>;
  using Access = keys::storage::Access;

  // Makes folder and file when they are not there. Refused: another process has it; it is damaged, no state
  // file, or older than what its card has answered; `access` does not open it. A refused file is kept as it
  // is.
  static tl::expected<StateFile, StateError> open(const std::filesystem::path& directory,
                                                  const std::string& name, const Access& access = {});

  // What the file held when it was opened.
  const Cells& cells() const { return cells_; }
  Origin origin();
  // A new file keeps the origin, and comes under a passphrase when there is one, else under the lab's storage
  // key: refused when the card is not the lab's. Any other file is refused unless the digest is its own.
  tl::expected<void, StateError> adopt(const Origin& origin, const Access& access = {});
  // A new file becomes one of the same card under the same storage key.
  tl::expected<void, StateError> adopt_from(StateFile& other);
  // All or none; what is written survives SIGKILL and power loss. Precondition: adopted.
  bool write(std::span<const core::Change> changes);

 private:
  StateFile(const std::filesystem::path& file, FileLock lock);
  tl::expected<void, StateError> read(const Access& access);
  tl::expected<void, StateError> unlock(const Access& access);
  bool read_cells();
  tl::expected<keys::storage::Storage, StateError> new_storage(const Origin& origin,
                                                               const Access& access) const;
  tl::expected<void, StateError> begin(const Origin& origin, keys::storage::Storage storage);
  tl::unexpected<StateError> unusable(const std::string& why) const;
  std::string folder() const { return file_.parent_path().string(); }

  std::filesystem::path file_;
  std::unique_ptr<Database> database_;
  FileLock lock_;
  std::optional<CellSeal> seal_;  // nothing: the file is new
  Cells cells_;
};

bool has_state(const std::filesystem::path& directory, const std::string& name);
// Copies a card's state whole into a folder that has none of this name; it stays under its storage key.
tl::expected<void, StateError> copy_state(const std::filesystem::path& from, const std::filesystem::path& to,
                                          const std::string& name, const StateFile::Access& access = {});
// Removes a card's state, so that it is as its card file says. Refused while a process has it.
tl::expected<void, StateError> remove_state(const std::filesystem::path& directory, const std::string& name);

}  // namespace ssc::simulator::store
