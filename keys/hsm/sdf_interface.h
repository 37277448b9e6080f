// The part of GM/T 0018 (SDF) that is used here: function types, structures, numbers and return codes.
//
// Read in public headers, and checked against each other:
//   GmSSL/SoftSDF: sdf.h (GM/T 0018-2012), sgd.h (GM/T 0006-2012)
//   guanzhi/GmSSL: src/sdf/sdf.h, src/sgd.h; src/sdf/sdf_sansec.h (a maker with other algorithm numbers)
//   Hyperledger-TWGC/sdf-go: sansec/swsds.h (SDF_ImportKey), sdf.go (type of SDF_GetSymmKeyHandle)
#pragma once

#include <cstdint>
#include <string>

namespace ssc::keys::hsm::sdf {

// Every function gives kOk or a code of code_name().
inline constexpr unsigned kOk = 0;

// "SDR_KEYNOTEXIST", or "SDR 0x01010101" for a maker's own.
std::string code_name(unsigned code);

// Algorithm numbers of GM/T 0006: SGD_SM4 (00000400) and a mode.
inline constexpr std::uint32_t kSm4Ecb = 0x00000401;
inline constexpr std::uint32_t kSm4Cbc = 0x00000402;
inline constexpr std::uint32_t kSm4Mac = 0x00000410;

// DEVICEINFO. Its members leave no gaps, packed or not.
struct DeviceInfo {
  unsigned char issuer[40];
  unsigned char name[16];
  unsigned char serial[16];  // date 8, batch 3, number 5
  unsigned version;
  unsigned standard_version;
  unsigned asymmetric[2];
  unsigned symmetric;
  unsigned hash;
  unsigned buffer_size;
};
static_assert(sizeof(DeviceInfo) == 100);

using OpenDevice = int(void** device);
using CloseDevice = int(void* device);
using OpenSession = int(void* device, void** session);
using CloseSession = int(void* session);
using GetDeviceInfo = int(void* session, DeviceInfo* info);
using GenerateRandom = int(void* session, unsigned size, unsigned char* out);
using ImportKeyWithKek = int(void* session, unsigned algorithm, unsigned kek, unsigned char* wrapped,
                             unsigned size, void** key);
using ImportKey = int(void* session, unsigned char* value, unsigned size, void** key);
using GetSymmKeyHandle = int(void* session, unsigned index, void** key);  // no part of GM/T 0018
using DestroyKey = int(void* session, void* key);
// Encrypt, Decrypt, CalculateMAC. `iv` may be changed; `out_size` holds the room and gets the size.
using Crypt = int(void* session, void* key, unsigned algorithm, unsigned char* iv, unsigned char* in,
                  unsigned size, unsigned char* out, unsigned* out_size);

}  // namespace ssc::keys::hsm::sdf
