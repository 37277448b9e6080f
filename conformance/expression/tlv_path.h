// Walks TLV data by a path of tags: "6F/A5/9F0C/86"; "70[2]" is the second 70. BER-TLV with tags of one or
// two octets; a record of this standard (tag 1, length 1) reads the same way.
#pragma once

#include <string_view>

#include "conformance/expression/value.h"

namespace ssc::conformance {

// The value of the first element of each step, or of the one its index counts to. Error: a tag that is not
// there, a length past the end, a path that is no row of hexadecimal tags.
Evaluated<Bytes> find_tlv(ByteView data, std::string_view path);

}  // namespace ssc::conformance
