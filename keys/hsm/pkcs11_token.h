// A PKCS#11 token as a device of keys: its objects by label, its ciphers.
#pragma once

#include <memory>

#include "keys/hsm/cipher_device.h"
#include "keys/hsm/pkcs11_module.h"

namespace ssc::keys::hsm {

// Lists the keys of this program in the token. `label`: the token's, for messages.
Answer<std::unique_ptr<CipherDevice>> token_device(std::unique_ptr<Pkcs11Session> session, std::string label);

}  // namespace ssc::keys::hsm
