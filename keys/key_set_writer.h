// A key set as a file: check values, and every value sealed under a storage key.
#pragma once

#include <filesystem>
#include <string>

#include "keys/key_set.h"

namespace ssc::keys {

// The text that load_key_set gives the same set back from. Each call seals anew, so that no two texts are
// alike. Precondition: every key has its value.
std::string key_set_text(const KeySet& set, const storage::Storage& storage);

// The same as a file of its owner alone, whole or not at all (storage/owner_file.h).
storage::Stored<void> write_key_set(const std::filesystem::path& file, const KeySet& set,
                                    const storage::Storage& storage);
// Refused when the file is there.
storage::Stored<void> create_key_set(const std::filesystem::path& file, const KeySet& set,
                                     const storage::Storage& storage);

}  // namespace ssc::keys
