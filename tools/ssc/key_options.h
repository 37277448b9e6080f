// Options that several subcommands of `ssc keys` share.
#pragma once

#include <optional>
#include <string>

#include "keys/key_names.h"
#include "tools/ssc/key_room.h"

namespace ssc::tools {

// Which keys a set has.
struct PlanOptions {
  std::string cipher = "SM4";
  std::string structure = "2.0 3.0";
  unsigned groups = 1;
};
void add_plan_options(CLI::App& command, PlanOptions& options);
// Preconditions: the parser checked the words.
keys::Cipher cipher_of(const PlanOptions& options);
keys::Structures structures_of(const PlanOptions& options);

// "national", "province", "city"; nothing for anything else.
std::optional<keys::Level> level_named(const std::string& word);

// One byte in hexadecimal, as CLI11 checks it; the message is for its error.
std::string is_byte(const std::string& text);
std::string is_check_value(const std::string& text);           // three bytes
std::optional<std::uint8_t> byte_of(const std::string& text);  // "" is nothing

}  // namespace ssc::tools
