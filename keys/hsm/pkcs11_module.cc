#include "keys/hsm/pkcs11_module.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <mutex>
#include <vector>

namespace ssc::keys::hsm {
namespace {

using Kind = MachineError::Kind;

// A fixed field of PKCS#11, filled with blanks.
template <std::size_t Size>
std::string_view text_of(const unsigned char (&field)[Size]) {
  const std::string_view text(reinterpret_cast<const char*>(field), Size);
  return text.substr(0, text.find_last_not_of(' ') + 1);
}

// The modules in use, by file. Recursive: a module that fails to start ends while the table is held.
struct Modules {
  std::recursive_mutex mutex;
  std::map<std::filesystem::path, std::weak_ptr<Pkcs11Module>> by_file;
};

Modules& modules() {
  static Modules all;
  return all;
}

}  // namespace

Answer<std::shared_ptr<Pkcs11Module>> Pkcs11Module::open(const std::filesystem::path& file) {
  const std::lock_guard lock(modules().mutex);
  std::weak_ptr<Pkcs11Module>& known = modules().by_file[file];
  if (auto module = known.lock()) return module;
  auto module = SharedLibrary::open(file).and_then(initialised);
  if (module) known = *module;
  return module;
}

Answer<std::shared_ptr<Pkcs11Module>> Pkcs11Module::initialised(SharedLibrary library) {
  const auto get = library.find<CK_C_GetFunctionList>("C_GetFunctionList");
  if (get == nullptr) return refuse(Kind::kDevice, "pkcs11: the module has no C_GetFunctionList");
  CK_FUNCTION_LIST* functions = nullptr;
  const auto got = checked(get(&functions), "C_GetFunctionList");
  if (!got) return tl::unexpected(got.error());
  std::shared_ptr<Pkcs11Module> module(new Pkcs11Module(std::move(library), functions));
  return module->initialise().map([&] { return module; });
}

Answer<void> Pkcs11Module::initialise() {
  CK_C_INITIALIZE_ARGS arguments{};
  arguments.flags = CKF_OS_LOCKING_OK;
  const CK_RV code = functions_->C_Initialize(&arguments);
  ours_ = code == CKR_OK;
  if (code == CKR_CRYPTOKI_ALREADY_INITIALIZED) return {};
  return checked(code, "C_Initialize");
}

Pkcs11Module::~Pkcs11Module() {
  const std::lock_guard lock(modules().mutex);
  if (ours_) functions_->C_Finalize(nullptr);
}

Answer<CK_SLOT_ID> Pkcs11Module::find_token(std::string_view label) const {
  CK_ULONG count = 0;
  auto done = checked(functions_->C_GetSlotList(CK_TRUE, nullptr, &count), "C_GetSlotList");
  if (!done) return tl::unexpected(done.error());
  std::vector<CK_SLOT_ID> slots(count);
  done = checked(functions_->C_GetSlotList(CK_TRUE, slots.data(), &count), "C_GetSlotList");
  if (!done) return tl::unexpected(done.error());
  slots.resize(count);
  std::vector<std::string> labels;
  for (const CK_SLOT_ID slot : slots) {
    CK_TOKEN_INFO info{};
    if (functions_->C_GetTokenInfo(slot, &info) != CKR_OK || (info.flags & CKF_TOKEN_INITIALIZED) == 0)
      continue;
    if (text_of(info.label) == label) return slot;
    labels.push_back(fmt::format("'{}'", text_of(info.label)));
  }
  return refuse(Kind::kDevice,
                fmt::format("pkcs11: no token is labelled '{}'; the module shows {}", label,
                            labels.empty() ? "none" : fmt::format("{}", fmt::join(labels, ", "))));
}

Answer<std::unique_ptr<Pkcs11Session>> Pkcs11Session::open(std::shared_ptr<Pkcs11Module> module,
                                                           CK_SLOT_ID slot, const storage::SecretBytes& pin) {
  CK_SESSION_HANDLE handle = 0;
  const CK_FUNCTION_LIST& functions = module->functions();
  const auto opened =
      checked(functions.C_OpenSession(slot, CKF_SERIAL_SESSION | CKF_RW_SESSION, nullptr, nullptr, &handle),
              "C_OpenSession");
  if (!opened) return tl::unexpected(opened.error());
  std::unique_ptr<Pkcs11Session> session(new Pkcs11Session(std::move(module), slot, handle));
  auto* const octets = const_cast<CK_UTF8CHAR*>(pin.reveal().data());  // PKCS#11 has no const
  const CK_RV code = functions.C_Login(handle, CKU_USER, octets, pin.size());
  if (code == CKR_USER_ALREADY_LOGGED_IN) return session;
  return checked(code, "C_Login").map([&] { return std::move(session); });
}

std::string Pkcs11Session::description() const {
  CK_TOKEN_INFO info{};
  if (functions().C_GetTokenInfo(slot_, &info) != CKR_OK) return {};
  return fmt::format("{}, {}, serial {}", text_of(info.manufacturerID), text_of(info.model),
                     text_of(info.serialNumber));
}

Pkcs11Session::~Pkcs11Session() { functions().C_CloseSession(handle_); }

}  // namespace ssc::keys::hsm
