// The known answers as questions to a back end: which key it must hold, and what to ask of it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "keys/hsm/cipher_device.h"
#include "tests/data/vec.h"

namespace ssc::test {

// Carries derived keys out of a machine: the key "transport" of every cipher there must have this value.
inline constexpr const char* kTransport = "E1186FF6EF7C3CF031259006CD778B26";

// A back end, and below it the device that runs whole blocks; software has none, and its ciphers are known.
struct Subject {
  keys::hsm::BackEnd* back_end = nullptr;
  keys::hsm::CipherDevice* device = nullptr;
};

using Text = keys::hsm::Answer<std::string>;

// One vector on one machine. The answer is the vector's output, or what the back end says instead.
struct Use {
  keys::Cipher cipher;
  apdu::Bytes key;
  std::function<Text(const Subject&, const keys::hsm::KeyId&)> run;
  keys::Purpose purpose = keys::Purpose::kMaster;  // a device keeps the halves that this one may need
};

// Every line of the cryptographic files.
std::vector<KnownAnswer> machine_vectors();
// Nothing for those without a cipher in them: factors, PIN codings, sums of components. Throws for a section
// nobody knows.
std::optional<Use> use_of(const KnownAnswer& vector);

}  // namespace ssc::test
