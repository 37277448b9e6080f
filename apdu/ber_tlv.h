// BER-TLV as FCI and DIR use it (ISO/IEC 7816-4 5.2.2): views in, views out, no heap in reading.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "apdu/bytes.h"

namespace ssc::apdu {

struct Tlv {
  std::uint32_t tag = 0;  // its bytes as one big-endian number: 84, 9F0C
  ByteView value;
  ByteView whole;  // tag, length and value

  bool constructed() const { return (whole[0] & 0x20) != 0; }
};

struct TlvError {
  std::size_t position = 0;  // offset of the byte that is wrong
  std::string what;          // "length 1C but 12 bytes follow"
};

// Walks the data objects of a byte string; fill bytes 00 and FF between them are passed over. Tags of one to
// three bytes, lengths in the short form and 81, 82.
class TlvReader {
 public:
  explicit TlvReader(ByteView bytes) : bytes_(bytes) {}
  // The next object; nothing at the end. After an error, nothing more.
  tl::expected<std::optional<Tlv>, TlvError> next();

 private:
  ByteView bytes_;
  std::size_t position_ = 0;
};

// The value of the first object on a path of tags, "6F/A5/9F0C/86". Error: the path is no path, a tag on it
// is not there (named), or the bytes before it are no TLV.
tl::expected<ByteView, TlvError> find_tlv(ByteView bytes, std::string_view path);

// Whether the bytes are data objects from end to end, those inside constructed ones too, down to 8 levels;
// false for no bytes.
bool is_ber_tlv(ByteView bytes);

// Tag, length in its shortest form, value. Precondition: tag up to 3 bytes, value up to 65535.
void append_tlv(Bytes& out, std::uint32_t tag, ByteView value);
Bytes encode_tlv(std::uint32_t tag, ByteView value);

}  // namespace ssc::apdu
