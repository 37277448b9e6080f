#include "keys/medical.h"

namespace ssc::keys {
namespace {

using apdu::big_endian;

constexpr std::array<std::uint8_t, 2> kLoadFiller = {0x80, 0x00};

SessionInput join(const TransactionRandom& random, std::uint16_t sequence,
                  const std::array<std::uint8_t, 2>& tail) {
  const auto number = big_endian<2>(sequence);
  return {random[0], random[1], random[2], random[3], number[0], number[1], tail[0], tail[1]};
}

MedicalData joined(std::initializer_list<ByteView> parts) {
  MedicalData out;
  for (const ByteView part : parts) out.append(part);
  return out;
}

std::array<std::uint8_t, 12> amounts(const Purchase& purchase) {
  std::array<std::uint8_t, 12> out{};
  auto at = out.begin();
  for (const Amount amount : {purchase.personal, purchase.self_paid, purchase.pooled}) {
    const auto bytes = big_endian<4>(amount);
    at = std::copy(bytes.begin(), bytes.end(), at);
  }
  return out;
}

ByteView type_of(const TransactionItems& items) { return {&items.type, 1}; }

}  // namespace

SessionInput load_session_input(const TransactionRandom& random, std::uint16_t load_sequence) {
  return join(random, load_sequence, kLoadFiller);
}
MedicalData load_mac1_data(const Load& load) {
  return joined({big_endian<4>(load.balance), big_endian<4>(load.amount), type_of(load), load.terminal});
}
MedicalData load_mac2_data(const Load& load) {
  return joined({big_endian<4>(load.amount), type_of(load), load.terminal, load.date_time});
}
MedicalData load_tac_data(const Load& load, Amount balance) {
  return joined({big_endian<4>(balance), big_endian<2>(load.sequence), big_endian<4>(load.amount),
                 type_of(load), load.terminal, load.date_time});
}

SessionInput purchase_session_input(const TransactionRandom& random, std::uint16_t purchase_sequence,
                                    std::uint32_t terminal_sequence) {
  return join(random, purchase_sequence, big_endian<2>(terminal_sequence));
}
MedicalData purchase_mac1_data(const Purchase& purchase) {
  return joined({amounts(purchase), type_of(purchase), purchase.terminal, purchase.date_time});
}
MedicalData purchase_mac2_data(const Purchase& purchase) { return joined({amounts(purchase)}); }
MedicalData purchase_tac_data(const Purchase& purchase) {
  return joined({amounts(purchase), type_of(purchase), purchase.terminal,
                 big_endian<4>(purchase.terminal_sequence), purchase.date_time});
}

SessionKey load_session_key(const Key& dlk, const TransactionRandom& random, std::uint16_t load_sequence) {
  return session_key(dlk, load_session_input(random, load_sequence));
}
Mac load_mac1(const SessionKey& seslk, const Load& load) { return mac(seslk, {load_mac1_data(load)}); }
Mac load_mac2(const SessionKey& seslk, const Load& load) { return mac(seslk, {load_mac2_data(load)}); }
Mac load_tac(const Key& dtk, const Load& load, Amount balance) {
  return tac(dtk, {load_tac_data(load, balance)});
}

SessionKey purchase_session_key(const Key& dpk, const TransactionRandom& random,
                                std::uint16_t purchase_sequence, std::uint32_t terminal_sequence) {
  return session_key(dpk, purchase_session_input(random, purchase_sequence, terminal_sequence));
}
Mac purchase_mac1(const SessionKey& sespk, const Purchase& purchase) {
  return mac(sespk, {purchase_mac1_data(purchase)});
}
Mac purchase_mac2(const SessionKey& sespk, const Purchase& purchase) {
  return mac(sespk, {purchase_mac2_data(purchase)});
}
Mac purchase_tac(const Key& dtk, const Purchase& purchase) { return tac(dtk, {purchase_tac_data(purchase)}); }

}  // namespace ssc::keys
