#include "simulator/card/commands/initialize_for_purchase.h"

#include "simulator/card/fields.h"
#include "simulator/card/medical_account.h"
#include "simulator/card/transaction_keys.h"

namespace ssc::simulator::card {
namespace {

namespace sw = apdu::sw;
using apdu::Response;

keys::Purchase parse(Fields& fields, std::uint8_t type) {
  keys::Purchase purchase;
  purchase.type = type;
  purchase.personal = fields.u32();
  purchase.self_paid = fields.u32();
  purchase.pooled = fields.u32();
  purchase.terminal = fields.array<6>();
  return purchase;
}

Response answer(const MedicalAmounts& amounts, const core::KeySlot& key,
                const keys::TransactionRandom& random) {
  Response out(sw::ok);
  out.data.append(apdu::big_endian<4>(amounts.balance));
  out.data.append(apdu::big_endian<4>(amounts.self_paid));
  out.data.append(apdu::big_endian<4>(amounts.pooled));
  out.data.append(apdu::big_endian<2>(amounts.pay_year));
  out.data.append(apdu::big_endian<2>(amounts.purchase_sequence));
  out.data.push_back(static_cast<std::uint8_t>(key.version));
  out.data.push_back(static_cast<std::uint8_t>(key.value.cipher()));
  out.data.append(random);
  return out;
}

}  // namespace

Response initialize_for_purchase(const core::CardView& view, core::Transaction& tx,
                                 const core::Request& request) {
  Fields fields(request.data);
  const auto chosen = transaction_keys(view, core::Purpose::kPurchase, fields.byte());
  const keys::Purchase purchase = parse(fields, view.image().medical->purchase_type);
  const MedicalAmounts amounts = amounts_of(view);
  if (!chosen) return Response(sw::key_index_not_supported);
  if (amounts.purchase_sequence == kLastSequence) return Response(sw::counter_at_maximum);
  if (purchase.personal > amounts.balance) return Response(sw::not_enough_money);
  core::Purchasing begun{purchase, {}, amounts.purchase_sequence, chosen->session, chosen->tac};
  tx.fill_random(begun.random);
  tx.session().medical = begun;
  return answer(amounts, view.image().key(chosen->session), begun.random);
}

}  // namespace ssc::simulator::card
