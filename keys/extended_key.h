// Keys of files that an issuer adds to the standard's (Part 6 §6.7, V2.0 notice §6): directories from DF0A
// on, files from EF0C on. Such a key is in no table; its name says what it is for and where it lives.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "keys/key_names.h"

namespace ssc::keys {

struct ExtendedKey {
  std::string application;  // "SSSE", "DF0A"
  Purpose purpose = Purpose::kUpdate;
  std::uint8_t des_size = 16;  // bytes under DES; always 16 under a 16-byte cipher
};

// UK or RK, a number from 1 to Z or none, then the place: DF0A to DFFF, or SSSE, MF or DF01 to DF07, and then
// perhaps a file EF0C to EFFF. STK and LK only of a new directory. "UK1DF0A", "RKSSSEEF0D", "STKDF0B". Error:
// why the name is none of these.
tl::expected<ExtendedKey, std::string> parse_extended_key(std::string_view name);

}  // namespace ssc::keys
