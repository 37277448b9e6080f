// A machine behind PKCS#11: a token of any maker's module, loaded while the program runs. DES only: PKCS#11
// has no number for SM4.
#pragma once

#include <memory>

#include "keys/hsm/cipher_device.h"
#include "keys/hsm/machine_record.h"

namespace ssc::keys::hsm {

// Loads the module, finds the token by its label, logs in, lists its keys (README.md says how they are
// labelled). Errors kDevice: module, token, PIN file or PIN, with the function and its CKR name.
Answer<std::unique_ptr<CipherDevice>> pkcs11_device(const Pkcs11Record& record);

}  // namespace ssc::keys::hsm
