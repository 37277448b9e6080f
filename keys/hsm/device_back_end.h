// The standard on a device that keeps its keys to itself. Diversification and session keys are made inside
// it; what passes through this process's memory is in README.md, and is wiped.
#pragma once

#include <memory>

#include "keys/hsm/cipher_device.h"

namespace ssc::keys::hsm {

std::unique_ptr<BackEnd> device_back_end(std::unique_ptr<CipherDevice> device);

}  // namespace ssc::keys::hsm
