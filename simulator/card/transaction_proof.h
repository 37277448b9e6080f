// What GET TRANSACTION PROOF gives after a torn end of a transaction (Part 7 §14): the last load's and the
// last purchase's.
#pragma once

#include "keys/key.h"
#include "simulator/core/card_view.h"
#include "simulator/core/transaction.h"

namespace ssc::simulator::card {

enum class TransactionKind : std::uint8_t { kLoad, kPurchase };

struct TransactionProof {
  std::uint16_t sequence = 0;  // before it was counted up
  keys::Mac mac{};             // MAC2: of a purchase what the card answered, of a load what it compared
  keys::Mac tac{};
};

void put_proof(core::Transaction& tx, TransactionKind kind, const TransactionProof& proof);
// MAC ‖ TAC of the last transaction of this kind, 8 bytes; empty when it had another sequence or there was
// none.
core::ByteView find_proof(const core::CardView& view, TransactionKind kind, std::uint16_t sequence);

}  // namespace ssc::simulator::card
