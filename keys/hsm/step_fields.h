// The texts that terminal and host exchange in the two-step functions (provincial terminal spec §9): fields,
// each ended by '|'. A form says what each field holds; a text that passes it can be read without further
// checks.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "keys/hsm/back_end.h"

namespace ssc::keys::hsm {

enum class FieldKind : std::uint8_t {
  kDigits,  // exactly `size` decimal digits
  kHex,     // exactly `size` hexadecimal digits
  kHexOrNothing,
  kAlgorithm,  // 01 DES, 02 SSF33, 03 SM4
  kAddress,    // four hexadecimal digits, or six: clients append the PSAM id
  kPin,        // 4 to 16 decimal digits; never shown
  kNothing,
};

struct FieldForm {
  std::string_view name;  // for messages
  FieldKind kind;
  std::size_t size = 0;
};

// The fields of a text. Error kBadInput, with the number and name of the first field that is wrong and never
// its value: missing, too many, no '|' at the end, not what the form says.
Answer<std::vector<std::string_view>> split_fields(std::string_view text, std::span<const FieldForm> forms);

// Preconditions: the field passed a form with that kind.
Cipher cipher_of(std::string_view algorithm);
Bytes octets_of(std::string_view hex);

}  // namespace ssc::keys::hsm
