#include "simulator/card/transaction_keys.h"

namespace ssc::simulator::card {

using core::KeyVersion;
using core::Purpose;

std::optional<TransactionKeys> transaction_keys(const core::CardView& view, Purpose purpose,
                                                std::uint8_t index) {
  const core::DfIndex df = view.session().df;
  const KeyVersion group{index};
  if (group == KeyVersion{0}) return std::nullopt;
  const auto session = view.image().find_key(df, purpose, group);
  auto tac = view.image().find_key(df, Purpose::kTac, group);
  if (!tac) tac = view.image().find_key(df, Purpose::kTac);
  if (!session || !tac) return std::nullopt;
  return TransactionKeys{*session, *tac};
}

}  // namespace ssc::simulator::card
