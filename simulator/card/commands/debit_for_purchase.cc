#include "simulator/card/commands/debit_for_purchase.h"

#include "simulator/card/fields.h"
#include "simulator/card/medical_account.h"
#include "simulator/card/transaction_log.h"
#include "simulator/card/transaction_proof.h"

namespace ssc::simulator::card {
namespace {

namespace sw = apdu::sw;
using apdu::Response;

keys::Purchase complete(keys::Purchase purchase, Fields& fields) {
  purchase.terminal_sequence = fields.u32();
  purchase.date_time = fields.array<7>();
  return purchase;
}

// Everything the purchase changes, as one; false when the card cannot count it.
bool book(const core::CardView& view, core::Transaction& tx, const keys::Purchase& purchase,
          const TransactionProof& proof) {
  MedicalAmounts amounts = amounts_of(view);
  if (!settle(amounts, purchase, personal_account_mode(view))) return false;
  put_amounts(tx, amounts);
  log_purchase(view, tx, purchase, proof.sequence);
  put_proof(tx, TransactionKind::kPurchase, proof);
  return true;
}

}  // namespace

Response debit_for_purchase(const core::CardView& view, core::Transaction& tx, const core::Request& request) {
  const auto& begun = std::get<core::Purchasing>(view.session().medical);
  Fields fields(request.data);
  const keys::Purchase purchase = complete(begun.purchase, fields);
  const auto session = keys::purchase_session_key(view.key_value(begun.purchase_key), begun.random,
                                                  begun.sequence, purchase.terminal_sequence);
  if (!apdu::equal(keys::purchase_mac1(session, purchase), fields.take(4))) return Response(sw::mac_invalid);
  const TransactionProof proof{begun.sequence, keys::purchase_mac2(session, purchase),
                               keys::purchase_tac(view.key_value(begun.tac_key), purchase)};
  if (!book(view, tx, purchase, proof)) return Response(sw::conditions_of_use_not_satisfied);
  Response out(proof.tac, sw::ok);
  out.data.append(proof.mac);
  return out;
}

}  // namespace ssc::simulator::card
