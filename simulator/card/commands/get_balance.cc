#include "simulator/card/commands/get_balance.h"

#include "simulator/card/medical_account.h"

namespace ssc::simulator::card {

apdu::Response get_balance(const core::CardView& view, core::Transaction&, const core::Request&) {
  return {apdu::big_endian<4>(amounts_of(view).balance), apdu::sw::ok};
}

apdu::Response get_year_totals(const core::CardView& view, core::Transaction&, const core::Request& request) {
  constexpr std::uint8_t kSelfPaid = 0x02;
  const MedicalAmounts amounts = amounts_of(view);
  const keys::Amount total = request.command.p2 == kSelfPaid ? amounts.self_paid : amounts.pooled;
  apdu::Response out(apdu::big_endian<4>(total), apdu::sw::ok);
  out.data.append(apdu::big_endian<2>(amounts.pay_year));
  return out;
}

}  // namespace ssc::simulator::card
