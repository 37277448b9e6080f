#include "keys/medical.h"

namespace ssc::keys {
namespace {

using apdu::big_endian;

constexpr std::array<std::uint8_t, 2> kLoadFiller = {0x80, 0x00};

std::array<std::uint8_t, 8> join(const TransactionRandom& random, std::uint16_t sequence,
                                 const std::array<std::uint8_t, 2>& tail) {
  const auto number = big_endian<2>(sequence);
  return {random[0], random[1], random[2], random[3], number[0], number[1], tail[0], tail[1]};
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

SessionKey load_session_key(const Key& dlk, const TransactionRandom& random, std::uint16_t load_sequence) {
  return session_key(dlk, join(random, load_sequence, kLoadFiller));
}

Mac load_mac1(const SessionKey& seslk, const Load& load) {
  return mac(seslk, {big_endian<4>(load.balance), big_endian<4>(load.amount), type_of(load), load.terminal});
}

Mac load_mac2(const SessionKey& seslk, const Load& load) {
  return mac(seslk, {big_endian<4>(load.amount), type_of(load), load.terminal, load.date_time});
}

Mac load_tac(const Key& dtk, const Load& load, Amount balance) {
  return tac(dtk, {big_endian<4>(balance), big_endian<2>(load.sequence), big_endian<4>(load.amount),
                   type_of(load), load.terminal, load.date_time});
}

SessionKey purchase_session_key(const Key& dpk, const TransactionRandom& random,
                                std::uint16_t purchase_sequence, std::uint32_t terminal_sequence) {
  return session_key(dpk, join(random, purchase_sequence, big_endian<2>(terminal_sequence)));
}

Mac purchase_mac1(const SessionKey& sespk, const Purchase& purchase) {
  return mac(sespk, {amounts(purchase), type_of(purchase), purchase.terminal, purchase.date_time});
}

Mac purchase_mac2(const SessionKey& sespk, const Purchase& purchase) {
  return mac(sespk, {amounts(purchase)});
}

Mac purchase_tac(const Key& dtk, const Purchase& purchase) {
  return tac(dtk, {amounts(purchase), type_of(purchase), purchase.terminal,
                   big_endian<4>(purchase.terminal_sequence), purchase.date_time});
}

}  // namespace ssc::keys
