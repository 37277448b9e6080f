#include "conformance/engine/secure_messaging.h"

#include <fmt/format.h>

namespace ssc::conformance {
namespace {

constexpr std::size_t kHeader = 4;
constexpr std::size_t kMac = 4;
constexpr std::size_t kMostEnciphered = 40;  // octets: keys::encipher
constexpr std::uint8_t kSecure = 0x04;       // of CLA

// The data field of header ‖ Lc ‖ data; empty of a bare header.
Evaluated<Bytes> data_of(const Bytes& command) {
  if (command.size() < kHeader)
    return tl::make_unexpected(std::string("sm: a command has four octets or more"));
  if (command.size() <= kHeader + 1) return Bytes();
  const std::size_t length = command[kHeader];
  if (command.size() != kHeader + 1 + length)
    return tl::make_unexpected(fmt::format("sm: Lc is {} and {} octets follow; Le goes into le", length,
                                           command.size() - kHeader - 1));
  return Bytes(command.begin() + kHeader + 1, command.end());
}

}  // namespace

Evaluated<Rendered> secured(const Rendered& plain, bool encrypt, const keys::Key& session) {
  if (!keys::available(session.cipher()) || session.size() != keys::block_size(session.cipher()))
    return tl::make_unexpected(std::string("sm: the key is no session key; write session_key(…)"));
  auto data = data_of(plain.bytes);
  if (!data) return tl::make_unexpected(data.error());
  const keys::SessionKey key{session.cipher(), session.reveal()};
  if (encrypt) {
    if (data->size() > kMostEnciphered)
      return tl::make_unexpected(fmt::format("sm: {} octets are too many to encipher", data->size()));
    const auto cipher_text = keys::encipher(key, *data);
    data->assign(cipher_text.view().begin(), cipher_text.view().end());
  }
  if (data->size() + kMac > 0xFF)
    return tl::make_unexpected(std::string("sm: the data and the MAC do not fit"));
  Rendered out;
  out.bytes.assign(plain.bytes.begin(), plain.bytes.begin() + kHeader);
  out.bytes[0] |= kSecure;
  out.bytes.push_back(static_cast<std::uint8_t>(data->size() + kMac));
  out.bytes.insert(out.bytes.end(), data->begin(), data->end());
  const auto mac = keys::mac(key, {ByteView(out.bytes)});
  out.bytes.insert(out.bytes.end(), mac.begin(), mac.end());
  if (!encrypt) out.secrets = plain.secrets;
  return out;
}

}  // namespace ssc::conformance
