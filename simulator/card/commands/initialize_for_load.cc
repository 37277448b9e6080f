#include "simulator/card/commands/initialize_for_load.h"

#include <limits>

#include "simulator/card/fields.h"
#include "simulator/card/medical_account.h"
#include "simulator/card/transaction_keys.h"

namespace ssc::simulator::card {
namespace {

namespace sw = apdu::sw;
using apdu::Response;

struct Asked {
  std::uint8_t key_index;
  keys::Amount amount;
  keys::TerminalNumber terminal;
};

Asked parse(core::ByteView data) {
  Fields fields(data);
  return {fields.byte(), fields.u32(), fields.array<6>()};
}

core::Loading begin(const core::CardView& view, const TransactionKeys& chosen, const keys::Load& load,
                    const keys::TransactionRandom& random) {
  return {load, keys::load_session_key(view.key_value(chosen.session), random, load.sequence), chosen.tac};
}

Response answer(const core::KeySlot& key, const core::Loading& loading,
                const keys::TransactionRandom& random) {
  Response out(sw::ok);
  out.data.append(apdu::big_endian<4>(loading.load.balance));
  out.data.append(apdu::big_endian<2>(loading.load.sequence));
  out.data.push_back(static_cast<std::uint8_t>(key.version));
  out.data.push_back(static_cast<std::uint8_t>(key.value.cipher()));
  out.data.append(random);
  out.data.append(keys::load_mac1(loading.session_key, loading.load));
  return out;
}

}  // namespace

Response initialize_for_load(const core::CardView& view, core::Transaction& tx,
                             const core::Request& request) {
  const Asked asked = parse(request.data);
  const MedicalAmounts amounts = amounts_of(view);
  if (asked.amount > std::numeric_limits<keys::Amount>::max() - amounts.balance) {
    return Response(sw::conditions_of_use_not_satisfied);
  }
  const auto chosen = transaction_keys(view, core::Purpose::kLoad, asked.key_index);
  if (!chosen) return Response(sw::key_index_not_supported);
  if (amounts.load_sequence == kLastSequence) return Response(sw::counter_at_maximum);
  keys::TransactionRandom random{};
  tx.fill_random(random);
  const keys::Load load{{view.image().medical->load_type, asked.terminal, {}},
                        amounts.load_sequence,
                        amounts.balance,
                        asked.amount};
  const core::Loading loading = begin(view, *chosen, load, random);
  tx.session().medical = loading;
  return answer(view.image().key(chosen->session), loading, random);
}

}  // namespace ssc::simulator::card
