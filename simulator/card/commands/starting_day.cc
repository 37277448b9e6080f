#include "simulator/card/commands/starting_day.h"

#include "simulator/card/medical_account.h"
#include "simulator/card/pay_year.h"

namespace ssc::simulator::card {

apdu::Response update_starting_day(const core::CardView& view, core::Transaction& tx,
                                   const core::Request& request) {
  const auto day = static_cast<std::uint16_t>(apdu::number(request.data));
  if (!is_day(day)) return apdu::Response(apdu::sw::conditions_of_use_not_satisfied);
  MedicalAmounts amounts = amounts_of(view);
  amounts.starting_day = day;
  put_amounts(tx, amounts);
  return apdu::Response(apdu::sw::ok);
}

apdu::Response get_starting_day(const core::CardView& view, core::Transaction&, const core::Request&) {
  return {apdu::big_endian<2>(amounts_of(view).starting_day), apdu::sw::ok};
}

}  // namespace ssc::simulator::card
