// DF04 EF08, the transaction log (V2.0 notice t.9): sequence before counting ‖ type ‖ terminal ‖ date and
// time ‖ three amounts; in personal account mode the record ends after the first amount.
#pragma once

#include "keys/medical.h"
#include "simulator/core/card_view.h"
#include "simulator/core/transaction.h"

namespace ssc::simulator::card {

// Propose a new newest record. A card without the file logs nothing.
void log_load(const core::CardView& view, core::Transaction& tx, const keys::Load& load);
void log_purchase(const core::CardView& view, core::Transaction& tx, const keys::Purchase& purchase,
                  std::uint16_t sequence);

}  // namespace ssc::simulator::card
