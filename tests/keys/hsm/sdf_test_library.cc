// A shared library that speaks enough of GM/T 0018 to prove the SDF back end: SM4 by OpenSSL, keys in memory,
// every call recorded, any call made to fail. Built as libsdf_test_library.so; nothing links it.
#include "tests/keys/hsm/sdf_test_library.h"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <array>
#include <cstring>
#include <memory>
#include <set>
#include <string>

#include "keys/hsm/sdf_interface.h"

namespace {

using ssc::keys::hsm::sdf::DeviceInfo;
using Block = std::array<unsigned char, 16>;

constexpr int kFine = 0;
constexpr int kOpenSession = 0x01000006;
constexpr int kKeyNotExist = 0x01000008;
constexpr int kAlgorithmUnknown = 0x01000009;
constexpr int kInArgument = 0x0100001D;
constexpr int kOutArgument = 0x0100001E;
constexpr unsigned kKekIndex = 1;
constexpr Block kKek = {0x89, 0xAB, 0xCD, 0xEF, 0x01, 0x23, 0x45, 0x67,
                        0x76, 0x54, 0x32, 0x10, 0xFE, 0xDC, 0xBA, 0x98};

struct HeldKey {
  Block value{};
};

// All the library knows; a handle is the address of a thing in one of the sets.
struct State {
  ssc::test::SdfBehaviour behaviour;
  std::string calls;
  unsigned count_of_failing = 0;
  std::set<void*> devices;
  std::set<void*> sessions;
  std::set<HeldKey*> keys;
};

State& state() {
  static State all;
  return all;
}

// Records the call; what it must answer at once, or kFine.
int called(const char* name) {
  State& all = state();
  all.calls += (all.calls.empty() ? "" : " ") + std::string(name);
  if (name != std::string(all.behaviour.failing)) return kFine;
  return ++all.count_of_failing == all.behaviour.nth ? all.behaviour.code : kFine;
}

bool is_session(void* session) { return state().sessions.count(session) != 0; }
HeldKey* key_of(void* key) {
  auto* held = static_cast<HeldKey*>(key);
  return state().keys.count(held) != 0 ? held : nullptr;
}

// What OpenSSL gave; goes when the library is unloaded.
template <auto kFree>
struct Freer {
  template <class T>
  void operator()(T* given) const {
    kFree(given);
  }
};
using FetchedCipher = std::unique_ptr<EVP_CIPHER, Freer<EVP_CIPHER_free>>;
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, Freer<EVP_CIPHER_CTX_free>>;

const EVP_CIPHER* fetched(bool chained) {
  static const FetchedCipher ciphers[] = {FetchedCipher(EVP_CIPHER_fetch(nullptr, "SM4-ECB", nullptr)),
                                          FetchedCipher(EVP_CIPHER_fetch(nullptr, "SM4-CBC", nullptr))};
  return ciphers[chained].get();
}

enum class Way : int { kDecipher = 0, kEncipher = 1 };

// `iv`: chained from there on; nullptr: each block alone.
bool crypt(const Block& key, const unsigned char* iv, Way way, const unsigned char* in, unsigned size,
           unsigned char* out) {
  static const CipherContext holder(EVP_CIPHER_CTX_new());
  EVP_CIPHER_CTX* const context = holder.get();
  int written = 0;
  return EVP_CipherInit_ex2(context, fetched(iv != nullptr), key.data(), iv, static_cast<int>(way),
                            nullptr) == 1 &&
         EVP_CIPHER_CTX_set_padding(context, 0) == 1 &&
         EVP_CipherUpdate(context, out, &written, in, static_cast<int>(size)) == 1;
}

int run(const char* name, Way way, void* session, void* key, unsigned algorithm, const unsigned char* iv,
        const unsigned char* in, unsigned size, unsigned char* out, unsigned* out_size) {
  if (const int code = called(name); code != kFine) return code;
  const HeldKey* held = key_of(key);
  if (!is_session(session) || held == nullptr || size % 16 != 0) return kInArgument;
  if (*out_size < size) return kOutArgument;
  const ssc::test::SdfBehaviour& behaviour = state().behaviour;
  if (algorithm != behaviour.ecb && algorithm != behaviour.cbc) return kAlgorithmUnknown;
  *out_size = size;
  return crypt(held->value, algorithm == behaviour.cbc ? iv : nullptr, way, in, size, out) ? kFine
                                                                                           : kInArgument;
}

int give_key(const Block& value, void** out) {
  auto* key = new HeldKey{value};
  state().keys.insert(key);
  *out = key;
  return kFine;
}

int open_thing(std::set<void*>& things, void** out) {
  *out = new char;
  things.insert(*out);
  return kFine;
}

int close_thing(std::set<void*>& things, void* thing) {
  if (things.erase(thing) == 0) return kInArgument;
  delete static_cast<char*>(thing);
  return kFine;
}

}  // namespace

extern "C" {

void ssc_sdf_counts(ssc::test::SdfCounts& now) {
  const auto size = [](const auto& set) { return static_cast<unsigned>(set.size()); };
  now = {size(state().devices), size(state().sessions), size(state().keys)};
}
const char* ssc_sdf_calls() { return state().calls.c_str(); }
void ssc_sdf_behave(const ssc::test::SdfBehaviour& behaviour) {
  state().behaviour = behaviour;
  state().calls.clear();
  state().count_of_failing = 0;
}

int SDF_OpenDevice(void** device) {
  if (const int code = called("SDF_OpenDevice"); code != kFine) return code;
  return open_thing(state().devices, device);
}
int SDF_CloseDevice(void* device) {
  called("SDF_CloseDevice");
  return close_thing(state().devices, device);
}
int SDF_OpenSession(void* device, void** session) {
  if (const int code = called("SDF_OpenSession"); code != kFine) return code;
  if (state().devices.count(device) == 0) return kOpenSession;
  return open_thing(state().sessions, session);
}
int SDF_CloseSession(void* session) {
  called("SDF_CloseSession");
  return close_thing(state().sessions, session);
}

int SDF_GetDeviceInfo(void* session, DeviceInfo* info) {
  if (const int code = called("SDF_GetDeviceInfo"); code != kFine) return code;
  if (!is_session(session)) return kInArgument;
  std::memset(info, ' ', sizeof *info);
  std::memcpy(info->issuer, "ssc test", 8);
  std::memcpy(info->name, "stand-in", 8);
  std::memcpy(info->serial, "2026010100100001", 16);
  return kFine;
}

int SDF_GenerateRandom(void* session, unsigned size, unsigned char* out) {
  if (const int code = called("SDF_GenerateRandom"); code != kFine) return code;
  if (!is_session(session)) return kInArgument;
  return RAND_bytes(out, static_cast<int>(size)) == 1 ? kFine : 0x01000017;
}

int SDF_ImportKey(void* session, unsigned char* value, unsigned size, void** key) {
  if (const int code = called("SDF_ImportKey"); code != kFine) return code;
  if (!is_session(session) || size != 16) return kInArgument;
  Block block{};
  std::memcpy(block.data(), value, block.size());
  return give_key(block, key);
}

int SDF_ImportKeyWithKEK(void* session, unsigned algorithm, unsigned kek, unsigned char* wrapped,
                         unsigned size, void** key) {
  if (const int code = called("SDF_ImportKeyWithKEK"); code != kFine) return code;
  if (!is_session(session) || size != 16) return kInArgument;
  if (kek != kKekIndex) return kKeyNotExist;
  if (algorithm != state().behaviour.ecb) return kAlgorithmUnknown;
  Block block{};
  if (!crypt(kKek, nullptr, Way::kDecipher, wrapped, size, block.data())) return kInArgument;
  return give_key(block, key);
}

int SDF_GetSymmKeyHandle(void* session, unsigned index, void** key) {
  if (const int code = called("SDF_GetSymmKeyHandle"); code != kFine) return code;
  if (!is_session(session)) return kInArgument;
  if (index == 0 || index > ssc::test::kSdfKeys) return kKeyNotExist;
  Block block{};
  std::memcpy(block.data(), ssc::test::kSdfFirstKey, block.size());
  return give_key(block, key);
}

int SDF_DestroyKey(void* session, void* key) {
  called("SDF_DestroyKey");
  HeldKey* held = key_of(key);
  if (!is_session(session) || held == nullptr) return kInArgument;
  state().keys.erase(held);
  delete held;
  return kFine;
}

int SDF_Encrypt(void* session, void* key, unsigned algorithm, unsigned char* iv, unsigned char* in,
                unsigned size, unsigned char* out, unsigned* out_size) {
  return run("SDF_Encrypt", Way::kEncipher, session, key, algorithm, iv, in, size, out, out_size);
}
int SDF_Decrypt(void* session, void* key, unsigned algorithm, unsigned char* iv, unsigned char* in,
                unsigned size, unsigned char* out, unsigned* out_size) {
  return run("SDF_Decrypt", Way::kDecipher, session, key, algorithm, iv, in, size, out, out_size);
}

int SDF_CalculateMAC(void* session, void* key, unsigned algorithm, unsigned char* iv, unsigned char* in,
                     unsigned size, unsigned char* out, unsigned* out_size) {
  if (const int code = called("SDF_CalculateMAC"); code != kFine) return code;
  const HeldKey* held = key_of(key);
  if (!is_session(session) || held == nullptr || size == 0 || size % 16 != 0) return kInArgument;
  if (algorithm != state().behaviour.mac) return kAlgorithmUnknown;
  std::string blocks(size, '\0');
  auto* const all = reinterpret_cast<unsigned char*>(blocks.data());
  if (!crypt(held->value, iv, Way::kEncipher, in, size, all)) return kInArgument;
  std::memcpy(iv, all + size - 16, 16);  // as some makers do
  std::memcpy(out, all + size - 16, 16);
  *out_size = 16;
  return kFine;
}

}  // extern "C"
