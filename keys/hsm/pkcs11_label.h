// How a key of this program is labelled in a token: the label says all that a KeyInfo holds, so that the
// token needs no table beside it.
#pragma once

#include <optional>
#include <string>

#include "keys/hsm/cipher_device.h"

namespace ssc::keys::hsm {

struct LabelledKey {
  KeyInfo info;  // DES
  Part part = Part::kWhole;
};

// "ssc/IRK/1/national/internal-authentication/16", with "/left" or "/folded" behind it for a part.
std::string label_of(const LabelledKey& key);
// Nothing for a label that is not ours.
std::optional<LabelledKey> parse_label(std::string_view label);

}  // namespace ssc::keys::hsm
