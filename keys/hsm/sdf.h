// A machine behind GM/T 0018 (SDF), the interface of Chinese encryption machines: any maker's library, loaded
// while the program runs. SM4 only: GM/T 0006 numbers no DES.
#pragma once

#include <memory>

#include "keys/hsm/cipher_device.h"
#include "keys/hsm/machine_record.h"

namespace ssc::keys::hsm {

// Loads the library, opens device and session, has the machine encipher the example of GB/T 32907 under the
// record's algorithm numbers, and opens the record's keys. Errors: kDevice with function and SDR name;
// kNoMechanism when a function is missing or a number stands for something else.
Answer<std::unique_ptr<CipherDevice>> sdf_device(const SdfRecord& record);

}  // namespace ssc::keys::hsm
