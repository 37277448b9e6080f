// The PKCS#11 mechanisms the standard is composed of, and whether a token has them.
#pragma once

#include <vector>

#include "keys/hsm/back_end.h"
#include "keys/hsm/pkcs11_module.h"

namespace ssc::keys::hsm {

// Every mechanism asked for, then those a reader of the list would look for and that play no part.
std::vector<Mechanism> token_mechanisms(const Pkcs11Session& session);
// The names of what the token lacks and cannot do without.
std::vector<std::string> missing_mechanisms(const Pkcs11Session& session);

}  // namespace ssc::keys::hsm
