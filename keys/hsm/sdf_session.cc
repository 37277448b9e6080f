#include "keys/hsm/sdf_session.h"

#include <fmt/format.h>

#include <algorithm>

namespace ssc::keys::hsm::sdf {
namespace {

using Kind = MachineError::Kind;

Functions found_in(const SharedLibrary& library) {
  return {library.find<OpenDevice*>("SDF_OpenDevice"),
          library.find<CloseDevice*>("SDF_CloseDevice"),
          library.find<OpenSession*>("SDF_OpenSession"),
          library.find<CloseSession*>("SDF_CloseSession"),
          library.find<GetDeviceInfo*>("SDF_GetDeviceInfo"),
          library.find<GenerateRandom*>("SDF_GenerateRandom"),
          library.find<ImportKeyWithKek*>("SDF_ImportKeyWithKEK"),
          library.find<ImportKey*>("SDF_ImportKey"),
          library.find<GetSymmKeyHandle*>("SDF_GetSymmKeyHandle"),
          library.find<DestroyKey*>("SDF_DestroyKey"),
          library.find<Crypt*>("SDF_Encrypt"),
          library.find<Crypt*>("SDF_Decrypt"),
          library.find<Crypt*>("SDF_CalculateMAC")};
}

// What no use can do without.
Answer<void> complete(const Functions& functions) {
  return needed(functions.open_device != nullptr, "SDF_OpenDevice")
      .and_then([&] { return needed(functions.close_device != nullptr, "SDF_CloseDevice"); })
      .and_then([&] { return needed(functions.open_session != nullptr, "SDF_OpenSession"); })
      .and_then([&] { return needed(functions.close_session != nullptr, "SDF_CloseSession"); })
      .and_then([&] { return needed(functions.import_key != nullptr, "SDF_ImportKey"); })
      .and_then([&] { return needed(functions.destroy_key != nullptr, "SDF_DestroyKey"); })
      .and_then([&] { return needed(functions.encrypt != nullptr, "SDF_Encrypt"); });
}

// A fixed field, filled with blanks or 00.
template <std::size_t Size>
std::string_view text_of(const unsigned char (&field)[Size]) {
  std::string_view text(reinterpret_cast<const char*>(field), Size);
  text = text.substr(0, text.find('\0'));
  return text.substr(0, text.find_last_not_of(' ') + 1);
}

unsigned char* octets(ByteView bytes) {
  return const_cast<unsigned char*>(bytes.data());
}  // SDF has no const
unsigned size_of(ByteView bytes) { return static_cast<unsigned>(bytes.size()); }

}  // namespace

Answer<void> checked(int code, std::string_view function) {
  if (code == static_cast<int>(kOk)) return {};
  return refuse(Kind::kDevice, fmt::format("sdf: {}: {}", function, code_name(static_cast<unsigned>(code))));
}

Answer<void> needed(bool there, std::string_view function) {
  if (there) return {};
  return refuse(Kind::kNoMechanism, fmt::format("sdf: the library has no {}", function));
}

Answer<std::unique_ptr<Session>> Session::open(const std::filesystem::path& file) {
  auto library = SharedLibrary::open(file);
  if (!library) return tl::unexpected(library.error());
  const Functions functions = found_in(*library);
  if (const auto all = complete(functions); !all) return tl::unexpected(all.error());
  std::unique_ptr<Session> session(new Session(*std::move(library), functions));
  return session->start().map([&] { return std::move(session); });
}

Answer<void> Session::start() {
  return checked(functions_.open_device(&device_), "SDF_OpenDevice").and_then([&] {
    return checked(functions_.open_session(device_, &session_), "SDF_OpenSession");
  });
}

Session::~Session() {
  if (session_ != nullptr) functions_.close_session(session_);
  if (device_ != nullptr) functions_.close_device(device_);
}

std::string Session::description() const {
  DeviceInfo info{};
  if (functions_.get_device_info == nullptr ||
      functions_.get_device_info(session_, &info) != static_cast<int>(kOk)) {
    return {};
  }
  return fmt::format("{}, {}, serial {}", text_of(info.issuer), text_of(info.name), text_of(info.serial));
}

Answer<void> Session::run(Crypt* function, std::string_view name, void* key, std::uint32_t algorithm,
                          std::span<std::uint8_t> iv, ByteView in, std::span<std::uint8_t> out) const {
  auto size = size_of(out);
  return checked(function(session_, key, algorithm, iv.data(), octets(in), size_of(in), out.data(), &size),
                 name)
      .and_then([&]() -> Answer<void> {
        if (size == out.size()) return {};
        return refuse(Kind::kDevice, fmt::format("sdf: {}: {} bytes instead of {}", name, size, out.size()));
      });
}

Answer<void*> Session::import(ByteView value) const {
  void* key = nullptr;
  return checked(functions_.import_key(session_, octets(value), size_of(value), &key), "SDF_ImportKey")
      .map([&] { return key; });
}

}  // namespace ssc::keys::hsm::sdf
