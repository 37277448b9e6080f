// What stands in a known answer, as the values of keys/.
#pragma once

#include "keys/medical.h"
#include "tests/data/vec.h"

namespace ssc::test {

inline keys::Cipher cipher_of(const KnownAnswer& v) {
  return v.text("cipher") == "SM4" ? keys::Cipher::kSm4 : keys::Cipher::kDes;
}

template <std::size_t Size>
std::array<std::uint8_t, Size> fixed(const KnownAnswer& v, const std::string& field) {
  const apdu::Bytes bytes = v.hex(field);
  if (bytes.size() != Size) throw std::runtime_error(v.where() + ": wrong length of " + field);
  std::array<std::uint8_t, Size> out{};
  std::copy(bytes.begin(), bytes.end(), out.begin());
  return out;
}

inline std::vector<keys::Factor> factors(const std::string& text) {
  std::vector<keys::Factor> out;
  std::istringstream parts(text);
  for (std::string part; std::getline(parts, part, ',');) {
    const apdu::Bytes bytes = apdu::parse_hex(part).value();
    std::copy_n(bytes.begin(), 8, out.emplace_back().begin());
  }
  return out;
}

inline keys::Purchase purchase_of(const KnownAnswer& v) {
  keys::Purchase purchase;
  const apdu::Bytes amounts = v.hex("amounts");
  purchase.personal = static_cast<keys::Amount>(apdu::number(apdu::ByteView(amounts).subspan(0, 4)));
  purchase.self_paid = static_cast<keys::Amount>(apdu::number(apdu::ByteView(amounts).subspan(4, 4)));
  purchase.pooled = static_cast<keys::Amount>(apdu::number(apdu::ByteView(amounts).subspan(8, 4)));
  if (v.fields.count("type") != 0) {
    purchase.type = v.hex("type")[0];
    purchase.terminal = fixed<6>(v, "terminal");
    purchase.date_time = fixed<7>(v, "datetime");
  }
  if (v.fields.count("terminal_seq") != 0) {
    purchase.terminal_sequence = static_cast<std::uint32_t>(apdu::number(v.hex("terminal_seq")));
  }
  return purchase;
}

inline keys::Load load_of(const KnownAnswer& v) {
  keys::Load load;
  load.type = v.hex("type")[0];
  load.terminal = fixed<6>(v, "terminal");
  load.date_time = fixed<7>(v, "datetime");
  load.sequence = static_cast<std::uint16_t>(apdu::number(v.hex("sequence")));
  load.balance = static_cast<keys::Amount>(apdu::number(v.hex("balance")));
  load.amount = static_cast<keys::Amount>(apdu::number(v.hex("amount")));
  return load;
}

}  // namespace ssc::test
