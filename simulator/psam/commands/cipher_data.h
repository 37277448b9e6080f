// CIPHER DATA (Part 9 §9.8): enciphers whole blocks (ECB) or makes a MAC (CBC) under the delivered key. The
// caller pads. Out of order or without a key 6901, against the key's type 6985; neither changes anything.
#pragma once

#include "simulator/core/binding.h"

namespace ssc::simulator::psam {

apdu::Response cipher_data(const core::CardView& view, core::Transaction& tx, const core::Request& request);

}  // namespace ssc::simulator::psam
