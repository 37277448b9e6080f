// Files that their owner alone may read, written whole or not at all.
#pragma once

#include <filesystem>
#include <string_view>

#include "keys/storage/secret_bytes.h"
#include "keys/storage/storage_error.h"

namespace ssc::keys::storage {

// Puts `text` in the place of `file`, mode 0600: written beside it as ".NAME.XXXXXX.new" (mode 0600 from its
// first moment), synced, renamed, the folder synced. A power cut leaves the old file or the new one. The text
// should hold secrets only sealed: after SIGKILL the file beside may stay.
Stored<void> write_owner_file(const std::filesystem::path& file, std::string_view text);
// The same, refused when the file is there already.
Stored<void> create_owner_file(const std::filesystem::path& file, std::string_view text);

// The folder and those above it that are not there, mode 0700.
Stored<void> make_owner_folder(const std::filesystem::path& folder);

// The whole file. Errors: not there, not readable, longer than `most` octets.
Stored<SecretBytes> read_secret_file(const std::filesystem::path& file, std::size_t most = 1 << 20);

}  // namespace ssc::keys::storage
