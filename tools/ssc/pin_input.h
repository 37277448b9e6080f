// PINs from a file, from standard input or typed without echo; never from the command line.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "keys/pin.h"
#include "tools/ssc/complaint.h"

namespace CLI {
class App;
}

namespace ssc::tools {

// One PIN for each prompt ("Old PIN"), in order: the first lines of `file` ("-": standard input), where an
// empty line is no PIN; without a file asked for at the terminal, with nothing shown. Refused: a line that is
// missing or is no PIN, more than one line too many, no file and no terminal.
tl::expected<std::vector<keys::Pin>, Complaint> read_pins(const std::string& file,
                                                          const std::vector<std::string>& prompts);

// Adds --pin-file; `lines` says which PINs stand in it.
void add_pin_option(CLI::App& command, std::string& file, const std::string& lines);

}  // namespace ssc::tools
