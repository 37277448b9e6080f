#include "keys/key_set_attributes.h"

#include <fmt/format.h>

#include "apdu/hex.h"
#include "keys/key_set_words.h"

namespace ssc::keys {

using apdu::Loaded;
using xml::Element;

tl::unexpected<apdu::InputError> fail(const Element& at, std::string what, std::string mend) {
  return tl::unexpected(at.error(std::move(what), std::move(mend)));
}

Loaded<Cipher> usable_cipher(const Element& at, std::string_view word) {
  const Cipher cipher = value_of(kCipherWords, word);
  if (!available(cipher)) return fail(at, "SSF33 is a secret cipher, not available here", "take DES or SM4");
  return cipher;
}

Loaded<Bytes> hex_attribute(const Element& at, std::string_view attribute, std::string_view text) {
  auto bytes = apdu::parse_hex(text);
  if (!bytes) {
    return fail(at, fmt::format("{}: {}", attribute, bytes.error().what),
                "write two hexadecimal digits for each byte");
  }
  return *std::move(bytes);
}

Loaded<std::uint8_t> byte_attribute(const Element& at, std::string_view attribute, std::string_view text) {
  const auto bytes = hex_attribute(at, attribute, text);
  if (!bytes) return tl::unexpected(bytes.error());
  if (bytes->size() != 1)
    return fail(at, fmt::format("{}: '{}' is not one byte", attribute, text), "write two hexadecimal digits");
  return bytes->front();
}

// Precondition: the schema let only one digit through.
std::uint8_t digit(std::string_view text) { return static_cast<std::uint8_t>(text.front() - '0'); }

}  // namespace ssc::keys
