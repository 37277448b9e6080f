// CHANGE KEY (Part 9 §9.6): gives a record of a key file another value of the same length. Cipher text that
// is no record of its length 6988; a field the record may not have, or another length than the key's 6A80; no
// such key in the application 6A88; one that is no record of this file, or has other levels, 6A83. Of several
// groups it changes the one in use.
#pragma once

#include "simulator/core/binding.h"

namespace ssc::simulator::psam {

apdu::Response change_key(const core::CardView& view, core::Transaction& tx, const core::Request& request);

}  // namespace ssc::simulator::psam
