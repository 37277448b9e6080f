#include "keys/hsm/pkcs11.h"

#include <fmt/format.h>

#include "keys/hsm/pkcs11_token.h"
#include "keys/storage/owner_file.h"

namespace ssc::keys::hsm {
namespace {

using Kind = MachineError::Kind;
namespace fs = std::filesystem;

// The first line of the file, which nobody else may read.
Answer<storage::SecretBytes> read_pin(const fs::path& file) {
  constexpr auto kOthers = fs::perms::group_all | fs::perms::others_all;
  std::error_code error;
  const auto status = fs::status(file, error);
  if (!error && (status.permissions() & kOthers) != fs::perms::none) {
    return refuse(Kind::kDevice,
                  fmt::format("pkcs11: {}: others may read the PIN; chmod 600", file.string()));
  }
  const auto text = storage::read_secret_file(file, 1024);
  if (!text) return refuse(Kind::kDevice, fmt::format("pkcs11: {}", text.error().what));
  const std::string_view line = text->reveal_text();
  return storage::SecretBytes(line.substr(0, line.find_first_of("\r\n")));
}

}  // namespace

Answer<std::unique_ptr<CipherDevice>> pkcs11_device(const Pkcs11Record& record) {
  const auto pin = read_pin(record.pin_file);
  if (!pin) return tl::unexpected(pin.error());
  return Pkcs11Module::open(record.module).and_then([&](const std::shared_ptr<Pkcs11Module>& module) {
    return module->find_token(record.token)
        .and_then([&](CK_SLOT_ID slot) { return Pkcs11Session::open(module, slot, *pin); })
        .and_then([&](std::unique_ptr<Pkcs11Session>&& session) {
          return token_device(std::move(session), record.token);
        });
  });
}

}  // namespace ssc::keys::hsm
