// The SDF plumbing: a maker's library, its device and a session, closed on every way out. Knows nothing of
// the standard's keys.
#pragma once

#include <memory>

#include "keys/hsm/back_end.h"
#include "keys/hsm/sdf_interface.h"
#include "keys/hsm/shared_library.h"

namespace ssc::keys::hsm::sdf {

// The library's functions; what it lacks is nullptr.
struct Functions {
  OpenDevice* open_device = nullptr;
  CloseDevice* close_device = nullptr;
  OpenSession* open_session = nullptr;
  CloseSession* close_session = nullptr;
  GetDeviceInfo* get_device_info = nullptr;
  GenerateRandom* generate_random = nullptr;
  ImportKeyWithKek* import_key_with_kek = nullptr;
  ImportKey* import_key = nullptr;
  GetSymmKeyHandle* get_symm_key_handle = nullptr;
  DestroyKey* destroy_key = nullptr;
  Crypt* encrypt = nullptr;
  Crypt* decrypt = nullptr;
  Crypt* calculate_mac = nullptr;
};

// kDevice with "sdf: SDF_OpenDevice: SDR_COMMFAIL", or nothing wrong.
Answer<void> checked(int code, std::string_view function);
// kNoMechanism when the library lacks the function.
Answer<void> needed(bool there, std::string_view function);

class Session {
 public:
  // Errors: kDevice; kNoMechanism for a library without a function that every use needs.
  static Answer<std::unique_ptr<Session>> open(const std::filesystem::path& library);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session();

  const Functions& functions() const { return functions_; }
  void* handle() const { return session_; }
  // "maker, device, serial 2024010100100001"; "" when the device does not say.
  std::string description() const;

  // Whole blocks through one of encrypt and calculate_mac; exactly out.size() bytes must come back.
  Answer<void> run(Crypt* function, std::string_view name, void* key, std::uint32_t algorithm,
                   std::span<std::uint8_t> iv, ByteView in, std::span<std::uint8_t> out) const;
  Answer<void*> import(ByteView value) const;

 private:
  Session(SharedLibrary library, const Functions& functions)
      : library_(std::move(library)), functions_(functions) {}
  Answer<void> start();

  SharedLibrary library_;
  Functions functions_;
  void* device_ = nullptr;
  void* session_ = nullptr;
};

}  // namespace ssc::keys::hsm::sdf
