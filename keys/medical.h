// The offline medical transactions' cryptography (Part 7 §11 load, §12 purchase, §15 TAC): pure functions
// over the items of one transaction. Nothing here adds a header or compares: the card, the PSAM and a host
// all call it.
#pragma once

#include "keys/key.h"
#include "keys/standard.h"

namespace ssc::keys {

using Amount = std::uint32_t;                           // fen; four bytes big-endian in every data string
using TransactionRandom = std::array<std::uint8_t, 4>;  // from INITIALIZE FOR LOAD or PURCHASE
using TerminalNumber = std::array<std::uint8_t, 6>;     // cn: 6 digits area, 6 digits PSAM issuer
using DateTime = std::array<std::uint8_t, 7>;           // cn: yyyymmddhhmmss

// What a load and a purchase share. The type is the byte as the card stores it (the character 31 or 32, or
// binary 01 or 02: README of keys/).
struct TransactionItems {
  std::uint8_t type = 0;
  TerminalNumber terminal{};
  DateTime date_time{};  // the host's for a load
};

struct Load : TransactionItems {
  std::uint16_t sequence = 0;  // load sequence before it is counted up
  Amount balance = 0;          // before the load
  Amount amount = 0;
};

struct Purchase : TransactionItems {
  Amount personal = 0;  // the part paid from the personal account on the card
  Amount self_paid = 0;
  Amount pooled = 0;
  std::uint32_t terminal_sequence = 0;
};

// What the MACs and the TAC are taken over, for whoever has no key at hand: a machine computes them from it.
using MedicalData = InplaceBytes<32>;
using SessionInput = std::array<std::uint8_t, 8>;  // makes SESLK or SESPK out of DLK or DPK

SessionInput load_session_input(const TransactionRandom& random, std::uint16_t load_sequence);
MedicalData load_mac1_data(const Load& load);
MedicalData load_mac2_data(const Load& load);
MedicalData load_tac_data(const Load& load, Amount balance);
SessionInput purchase_session_input(const TransactionRandom& random, std::uint16_t purchase_sequence,
                                    std::uint32_t terminal_sequence);
MedicalData purchase_mac1_data(const Purchase& purchase);
MedicalData purchase_mac2_data(const Purchase& purchase);
MedicalData purchase_tac_data(const Purchase& purchase);

// SESLK: random ‖ load sequence ‖ 8000 under DLK.
SessionKey load_session_key(const Key& dlk, const TransactionRandom& random, std::uint16_t load_sequence);
// Balance ‖ amount ‖ type ‖ terminal (no date: the card answers before it knows one).
Mac load_mac1(const SessionKey& seslk, const Load& load);
// Amount ‖ type ‖ terminal ‖ host date and time.
Mac load_mac2(const SessionKey& seslk, const Load& load);
// Balance ‖ sequence ‖ amount ‖ type ‖ terminal ‖ host date and time. The text does not say which balance:
// the caller passes the one before or after the load (a switch of the profile).
Mac load_tac(const Key& dtk, const Load& load, Amount balance);

// SESPK: random ‖ purchase sequence before it is counted up ‖ right two bytes of the terminal sequence under
// DPK.
SessionKey purchase_session_key(const Key& dpk, const TransactionRandom& random,
                                std::uint16_t purchase_sequence, std::uint32_t terminal_sequence);
// Personal ‖ self-paid ‖ pooled ‖ type ‖ terminal ‖ date and time.
Mac purchase_mac1(const SessionKey& sespk, const Purchase& purchase);
// Personal ‖ self-paid ‖ pooled.
Mac purchase_mac2(const SessionKey& sespk, const Purchase& purchase);
// Personal ‖ self-paid ‖ pooled ‖ type ‖ terminal ‖ terminal sequence ‖ date and time.
Mac purchase_tac(const Key& dtk, const Purchase& purchase);

}  // namespace ssc::keys
