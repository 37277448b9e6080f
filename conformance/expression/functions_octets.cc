// Functions over octets and texts alone.
#include <array>
#include <optional>

#include "apdu/hex.h"
#include "conformance/expression/functions.h"
#include "conformance/expression/tlv_path.h"

namespace ssc::conformance {
namespace {

constexpr std::size_t kLongest = 65536;  // octets that one function may make

Value concat(Arguments& in) { return Value::bytes(in.joined_bytes(0), in.any_secret()); }

Value slice(Arguments& in) {
  const Bytes bytes = in.bytes(0);
  const std::size_t from = in.size_at(1, bytes.size());
  const std::size_t count = in.size_at(2, bytes.size() - from, bytes.size() - from);
  const auto begin = bytes.begin() + static_cast<std::ptrdiff_t>(from);
  return Value::bytes(Bytes(begin, begin + static_cast<std::ptrdiff_t>(count)), in.any_secret());
}

Value length(Arguments& in) { return Value::number(static_cast<std::int64_t>(in.bytes(0).size())); }

Value exclusive_or(Arguments& in) {
  Bytes a = in.bytes(0);
  const Bytes b = in.bytes(1);
  if (a.size() != b.size())
    return in.fail("the sizes differ: " + std::to_string(a.size()) + " and " + std::to_string(b.size()));
  return Value::bytes(apdu::exclusive_or(a, b), in.any_secret());
}

Value invert(Arguments& in) {
  Bytes bytes = in.bytes(0);
  for (auto& byte : bytes) byte = static_cast<std::uint8_t>(~byte);
  return Value::bytes(std::move(bytes), in.any_secret());
}

Value flip(Arguments& in) {
  Bytes bytes = in.bytes(0);
  if (bytes.empty()) return in.fail("there is no bit to turn in no octets");
  const std::size_t at = in.size_at(1, bytes.size() - 1, bytes.size() - 1);
  bytes[at] ^= 0x01;
  return Value::bytes(std::move(bytes), in.any_secret());
}

Value pad(Arguments& in) {
  Bytes bytes = in.bytes(0);
  const std::size_t size = in.size_at(1, kLongest);
  const std::size_t fill = in.size_at(2, 0xFF, 0);
  if (bytes.size() > size)
    return in.fail(std::to_string(bytes.size()) + " octets are more than " + std::to_string(size));
  bytes.resize(size, static_cast<std::uint8_t>(fill));
  return Value::bytes(std::move(bytes), in.any_secret());
}

Value pad80(Arguments& in) {
  Bytes bytes = in.bytes(0);
  const std::size_t block = in.size_at(1, 64);
  if (block == 0) return in.fail("a block has at least one octet");
  bytes.push_back(0x80);
  bytes.resize((bytes.size() + block - 1) / block * block, 0);
  return Value::bytes(std::move(bytes), in.any_secret());
}

Value fill(Arguments& in) {
  const auto octet = static_cast<std::uint8_t>(in.size_at(0, 0xFF));
  return Value::bytes(Bytes(in.size_at(1, kLongest), octet));
}

Value fold(Arguments& in) {
  const Bytes bytes = in.bytes(0);
  const std::size_t size = in.size_at(1, kLongest);
  if (size == 0 || bytes.size() % size != 0)
    return in.fail(std::to_string(bytes.size()) + " octets do not fold into " + std::to_string(size));
  Bytes folded(size);
  for (std::size_t i = 0; i < bytes.size(); ++i) folded[i % size] ^= bytes[i];
  return Value::bytes(std::move(folded), in.any_secret());
}

Value big_endian(Arguments& in) {
  const std::int64_t value = in.number(0);
  const std::size_t size = in.size_at(1, 8);
  const auto all = apdu::big_endian<8>(static_cast<std::uint64_t>(value));
  if (value < 0 || (size < 8 && static_cast<std::uint64_t>(value) >> (8 * size) != 0))
    return in.fail(std::to_string(value) + " does not fit " + std::to_string(size) + " octets");
  return Value::bytes(ByteView(all).last(size));
}

Value number(Arguments& in) {
  const Bytes bytes = in.bytes(0);
  if (bytes.size() > 7) return in.fail("more than 7 octets make no number here");
  return Value::number(static_cast<std::int64_t>(apdu::number(bytes)));
}

Value decimal(Arguments& in) {
  const Bytes bytes = in.bytes(0);
  if (in.failed()) return {};
  const auto found = decimal_number(bytes);
  return found ? Value::number(*found) : in.fail(found.error());
}

Value mask(Arguments& in) {
  Bytes bytes = in.bytes(0);
  const Bytes bits = in.bytes(1);
  if (bytes.size() != bits.size())
    return in.fail("the sizes differ: " + std::to_string(bytes.size()) + " and " +
                   std::to_string(bits.size()));
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] &= bits[i];
  return Value::bytes(std::move(bytes), in.any_secret());
}

Value ascii(Arguments& in) {
  const std::string text = in.text(0);
  return Value::bytes(Bytes(text.begin(), text.end()), in.any_secret());
}

Value hex(Arguments& in) { return {apdu::to_hex(in.bytes(0)), in.any_secret()}; }

Value tlv(Arguments& in) {
  const Bytes tag = in.bytes(0);
  const Bytes value = in.joined_bytes(1);
  if (value.size() > 0xFF) return in.fail("more than 255 octets in one TLV");
  Bytes out = tag;
  if (tag.size() > 1 && value.size() > 0x7F) out.push_back(0x81);
  out.push_back(static_cast<std::uint8_t>(value.size()));
  out.insert(out.end(), value.begin(), value.end());
  return Value::bytes(std::move(out), in.any_secret());
}

Value find(Arguments& in) {
  const Bytes bytes = in.bytes(0);
  const std::string path = in.text(1);
  const auto found = find_tlv(bytes, path);
  if (!found) return in.fail(found.error());
  return Value::bytes(*found);
}

Value either(Arguments& in) { return in.truth(0) ? in.value(1) : in.value(2); }

constexpr std::array<Function, 19> kFunctions = {{
    {"concat", 1, kAnyNumber, "concat(octets, …)", "the octets in a row", concat},
    {"slice", 2, 3, "slice(octets, from[, count])", "a part; from counts from 0; without count to the end",
     slice},
    {"len", 1, 1, "len(octets)", "how many octets", length},
    {"xor", 2, 2, "xor(octets, octets)", "octet by octet; equal sizes", exclusive_or},
    {"invert", 1, 1, "invert(octets)", "every bit turned", invert},
    {"flip", 1, 2, "flip(octets[, index])", "the lowest bit of one octet turned; without index of the last",
     flip},
    {"pad", 2, 3, "pad(octets, size[, octet])", "filled on the right to the size, with 00 or the octet", pad},
    {"pad80", 2, 2, "pad80(octets, block)", "80 and then 00 to a multiple of the block, always", pad80},
    {"fill", 2, 2, "fill(octet, count)", "the octet again and again", fill},
    {"fold", 2, 2, "fold(octets, size)", "all parts of that size xored: 16 to 8, 16 to 4", fold},
    {"be", 2, 2, "be(number, size)", "the number in that many octets, big-endian", big_endian},
    {"number", 1, 1, "number(octets)", "up to 7 octets as a big-endian number", number},
    {"bcd", 1, 1, "bcd(octets)", "the decimal digits as a number; F on the right fills up", decimal},
    {"mask", 2, 2, "mask(octets, bits)", "the bits that are set in both; equal sizes", mask},
    {"ascii", 1, 1, "ascii('text')", "the text's characters as octets", ascii},
    {"hex", 1, 1, "hex(octets)", "the octets as hexadecimal text", hex},
    {"tlv", 1, kAnyNumber, "tlv(tag, octets, …)", "tag, length, value", tlv},
    {"find", 2, 2, "find(octets, 'path')", "the value at a TLV path: '6F/A5/88'", find},
    {"if", 3, 3, "if(truth, a, b)", "a when true, else b", either},
}};

}  // namespace

std::span<const Function> octet_functions() { return kFunctions; }

}  // namespace ssc::conformance
