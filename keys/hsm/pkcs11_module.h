// The PKCS#11 plumbing: a module that is initialised as long as somebody uses it, a session with a token, and
// the names of return codes. Knows nothing of the standard's keys.
#pragma once

#include <p11-kit/pkcs11.h>

#include <memory>
#include <string>

#include "keys/hsm/shared_library.h"
#include "keys/storage/secret_bytes.h"

namespace ssc::keys::hsm {

// "CKR_PIN_INCORRECT", or "CKR 0x80000001" for a maker's own.
std::string ckr_name(CK_RV code);

// kDevice with "C_Login: CKR_PIN_INCORRECT", or nothing wrong.
Answer<void> checked(CK_RV code, std::string_view function);

// A loaded, initialised module. One a file in this process: PKCS#11 initialises a module once for all its
// users.
class Pkcs11Module {
 public:
  static Answer<std::shared_ptr<Pkcs11Module>> open(const std::filesystem::path& file);
  Pkcs11Module(const Pkcs11Module&) = delete;
  Pkcs11Module& operator=(const Pkcs11Module&) = delete;
  ~Pkcs11Module();

  const CK_FUNCTION_LIST& functions() const { return *functions_; }
  // The slot whose token has that label. Error: none, naming those there are.
  Answer<CK_SLOT_ID> find_token(std::string_view label) const;

 private:
  Pkcs11Module(SharedLibrary library, CK_FUNCTION_LIST* functions)
      : library_(std::move(library)), functions_(functions) {}
  static Answer<std::shared_ptr<Pkcs11Module>> initialised(SharedLibrary library);
  Answer<void> initialise();

  SharedLibrary library_;
  CK_FUNCTION_LIST* functions_;
  bool ours_ = false;  // we initialised it, so we finish it
};

// A read-write session of a logged-in user; closed with this, and so the user logged out with the last one.
class Pkcs11Session {
 public:
  static Answer<std::unique_ptr<Pkcs11Session>> open(std::shared_ptr<Pkcs11Module> module, CK_SLOT_ID slot,
                                                     const storage::SecretBytes& pin);
  Pkcs11Session(const Pkcs11Session&) = delete;
  Pkcs11Session& operator=(const Pkcs11Session&) = delete;
  ~Pkcs11Session();

  const CK_FUNCTION_LIST& functions() const { return module_->functions(); }
  CK_SESSION_HANDLE handle() const { return handle_; }
  CK_SLOT_ID slot() const { return slot_; }
  std::string description() const;  // "SoftHSM project, SoftHSM v2, serial 1a2b"

 private:
  Pkcs11Session(std::shared_ptr<Pkcs11Module> module, CK_SLOT_ID slot, CK_SESSION_HANDLE handle)
      : module_(std::move(module)), slot_(slot), handle_(handle) {}
  std::shared_ptr<Pkcs11Module> module_;
  CK_SLOT_ID slot_;
  CK_SESSION_HANDLE handle_;
};

}  // namespace ssc::keys::hsm
