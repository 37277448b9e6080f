// A secret that a person types, and one that a person alone may see.
#pragma once

#include <string>
#include <string_view>

#include "keys/storage/secret_bytes.h"
#include "tools/ssc/key_room.h"

namespace ssc::tools {

// Asks on the terminal with echo off; without a terminal reads a line of standard input. Refused: an empty
// line.
Carried<keys::storage::SecretBytes> ask_secret(std::string_view question);

// Whether this process has a terminal: what may show a secret, since no file keeps it.
bool has_terminal();
// Writes to the terminal, not to standard output, which may be a file. Precondition: has_terminal().
void show_on_terminal(std::string_view line);

}  // namespace ssc::tools
