// Which key serves what: one function a key (Part 4 §7.1).
#pragma once

#include <string_view>

#include "keys/key_names.h"

namespace ssc::keys::hsm {

enum class Use : std::uint8_t { kCheck, kAuthenticate, kSessionMac, kEncipher, kTac, kIdentify, kTransport };

// Whether a key of that purpose may be used so.
bool serves(Purpose purpose, Use use);
std::string_view phrase(Use use);          // "make a TAC"
std::string_view phrase(Purpose purpose);  // "internal authentication"

}  // namespace ssc::keys::hsm
