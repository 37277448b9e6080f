// The amounts of the medical account: the internal file of DF04 (V2.0 notice §7).
#pragma once

#include "keys/medical.h"
#include "simulator/core/card_view.h"
#include "simulator/core/transaction.h"

namespace ssc::simulator::card {

// As the file lies on the card: 20 bytes, each item big-endian, in this order.
struct MedicalAmounts {
  std::uint16_t load_sequence = 0;
  std::uint16_t purchase_sequence = 0;
  keys::Amount balance = 0;        // CIA, fen
  keys::Amount self_paid = 0;      // SPIP, of the pay year, fen
  keys::Amount pooled = 0;         // SPFP, of the pay year, fen
  std::uint16_t pay_year = 0;      // BCD yyyy
  std::uint16_t starting_day = 0;  // BCD mmdd: the day on which a pay year begins
};

inline constexpr std::uint16_t kLastSequence = 0xFFFF;  // no transaction takes this number: 9402

// A card that never had amounts has zeros.
MedicalAmounts amounts_of(const core::CardView& view);
void put_amounts(core::Transaction& tx, const MedicalAmounts& amounts);

// Part 7 §12: records of 20 bytes in the log say that only the personal account is kept.
bool personal_account_mode(const core::CardView& view);

// Takes the personal part from the balance, adds the other two to the year's totals, which begin anew with
// another pay year, and counts the purchase (Part 7 §12.6); in personal account mode there are no totals.
// False, and nothing is changed: a total would not fit into four bytes, or the date is none. Precondition:
// the personal part is not more than the balance.
bool settle(MedicalAmounts& amounts, const keys::Purchase& purchase, bool personal_account_mode);

}  // namespace ssc::simulator::card
