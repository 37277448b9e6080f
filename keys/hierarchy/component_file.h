// A custodian's components: one for each key of a set to be made, sealed under the custodian's own storage
// key. Nobody's file says anything about a key by itself: a key is the exclusive-or of three or more.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "keys/key_set.h"

namespace ssc::keys::hierarchy {

struct Component {
  std::string key;  // "IRK"
  std::uint8_t version = 1;
  Key value;
  CheckValue check_value{};
};

struct ComponentFile {
  std::string set;  // the name of the set to be made
  Cipher cipher = Cipher::kDes;
  std::string custodian;
  unsigned number = 1;  // which of them: 1..of
  unsigned of = 3;      // how many there are: 3..9
  std::vector<Component> components;

  const Component* find(std::string_view key, unsigned version) const;
};

inline constexpr unsigned kFewestComponents = 3;
inline constexpr unsigned kMostComponents = 9;

struct OpenedComponents {
  ComponentFile file;
  storage::Storage storage;
};

// Errors with file and line: not valid under key-components.xsd, a number above `of`, two components of one
// key and version, a value that does not open, has another length or another check value.
apdu::Loaded<OpenedComponents> load_components(const std::string& path, const storage::Access& access);
// Whole, owner-only (storage/owner_file.h).
storage::Stored<void> write_components(const std::filesystem::path& path, const ComponentFile& file,
                                       const storage::Storage& storage);

}  // namespace ssc::keys::hierarchy
