#include "simulator/card/commands/get_transaction_proof.h"

#include "simulator/card/transaction_proof.h"

namespace ssc::simulator::card {

apdu::Response get_transaction_proof(const core::CardView& view, core::Transaction&,
                                     const core::Request& request) {
  constexpr std::uint8_t kBinaryPart = 0x0F;  // 01 or the character 31; 02 or 32
  const auto kind =
      (request.command.p2 & kBinaryPart) == 1 ? TransactionKind::kLoad : TransactionKind::kPurchase;
  const auto proof = find_proof(view, kind, static_cast<std::uint16_t>(apdu::number(request.data)));
  if (proof.empty()) return apdu::Response(apdu::sw::mac_not_available);
  return {proof, apdu::sw::ok};
}

}  // namespace ssc::simulator::card
