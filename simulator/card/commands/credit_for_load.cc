#include "simulator/card/commands/credit_for_load.h"

#include "simulator/card/fields.h"
#include "simulator/card/medical_account.h"
#include "simulator/card/transaction_log.h"
#include "simulator/card/transaction_proof.h"

namespace ssc::simulator::card {
namespace {

// Everything the load changes, as one.
void book(const core::CardView& view, core::Transaction& tx, const keys::Load& load,
          const TransactionProof& proof) {
  MedicalAmounts amounts = amounts_of(view);
  amounts.balance += load.amount;
  ++amounts.load_sequence;
  put_amounts(tx, amounts);
  log_load(view, tx, load);
  put_proof(tx, TransactionKind::kLoad, proof);
}

}  // namespace

apdu::Response credit_for_load(const core::CardView& view, core::Transaction& tx,
                               const core::Request& request) {
  const auto& loading = std::get<core::Loading>(view.session().medical);
  Fields fields(request.data);
  keys::Load load = loading.load;
  load.date_time = fields.array<7>();
  const keys::Mac mac2 = keys::load_mac2(loading.session_key, load);
  if (!apdu::equal(mac2, fields.take(4))) return apdu::Response(apdu::sw::mac_invalid);
  const keys::Amount balance = load.balance + (view.image().medical->tac_before_load ? 0 : load.amount);
  const keys::Mac tac = keys::load_tac(view.key_value(loading.tac_key), load, balance);
  book(view, tx, load, {load.sequence, mac2, tac});
  return {tac, apdu::sw::ok};
}

}  // namespace ssc::simulator::card
