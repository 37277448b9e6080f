// PIN letters: one file a card with its initial PIN, for the printer, owner-only, until they are wiped.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string_view>

#include "keys/pin.h"
#include "keys/storage/storage_error.h"

namespace ssc::keys::centre {

// letters/CARD_NUMBER.txt, mode 0600, in a folder of mode 0700, whole or not at all. A letter that is there
// already is replaced. `holder_line` is printed as it is ("张**, 990101********1234"). Precondition: a card
// number (letters and digits only).
storage::Stored<void> write_letter(const std::filesystem::path& letters, std::string_view card_number,
                                   std::string_view holder_line, const Pin& pin);

// Overwrites every letter, syncs, removes it, and then the folder; gives how many there were. What lies in a
// snapshot, a journal or a flash cell that was swapped out stays: README.md.
storage::Stored<std::size_t> wipe_letters(const std::filesystem::path& letters);

}  // namespace ssc::keys::centre
