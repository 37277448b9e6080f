// The machine in software: keys in this process, ciphers by OpenSSL. No product certificate stands behind it:
// for the lab, and as the measure of the others.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "keys/hsm/back_end.h"
#include "keys/key_set.h"
#include "keys/random.h"

namespace ssc::keys::hsm {

// Called with a set to which an imported key was added; an error keeps the key out.
using KeepSet = std::function<Answer<void>(const KeySet&)>;

// A back end with the keys of the sets: at most one set of a cipher. Without `keep` imported keys are
// forgotten with the machine. `random`: the system's when nullptr.
std::unique_ptr<BackEnd> software_back_end(std::vector<KeySet> sets, KeepSet keep = {},
                                           std::unique_ptr<Random> random = nullptr);

}  // namespace ssc::keys::hsm
