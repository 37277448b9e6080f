// The keys of one medical transaction, chosen by the index in its INITIALIZE command.
#pragma once

#include "simulator/core/card_view.h"

namespace ssc::simulator::card {

struct TransactionKeys {
  core::KeyIndex session{};  // DLK or DPK: the group that the index names
  core::KeyIndex tac{};      // DTK of the same group, else of the first there is
};

// Of the current DF. Nothing when a key is missing, and for index 00: 9403.
std::optional<TransactionKeys> transaction_keys(const core::CardView& view, core::Purpose purpose,
                                                std::uint8_t index);

}  // namespace ssc::simulator::card
