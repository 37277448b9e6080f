#include "simulator/core/commands/put_data.h"

#include "apdu/atr.h"
#include "simulator/core/headers.h"

namespace ssc::simulator::core {
namespace {

namespace sw = apdu::sw;
using apdu::StatusWord;

enum class What : std::uint8_t { kAtr = 0x51, kHistorical = 0x52, kSettings = 0x53, kFci = 0x6F };  // P2

StatusWord put_atr(Transaction& tx, ByteView atr) {
  if (!apdu::parse_atr(atr)) return sw::wrong_data_field;
  tx.put(kAtrCell, atr);
  return sw::ok;
}

StatusWord put_historical(Transaction& tx, ByteView historical) {
  const auto atr = apdu::build_atr(historical);
  return atr ? put_atr(tx, *atr) : sw::wrong_data_field;
}

StatusWord put_settings(Transaction& tx, ByteView settings) {
  if (!decode_settings(settings)) return sw::wrong_data_field;
  tx.put(kSettingsCell, settings);
  return sw::ok;
}

StatusWord put_fci(const CardView& view, Transaction& tx, ByteView fci) {
  if (view.image().life == LifeCycle::kBlank) return sw::conditions_of_use_not_satisfied;
  tx.put(fci_cell(view.session().df), fci);
  return sw::ok;
}

StatusWord put(const CardView& view, Transaction& tx, const Request& request) {
  switch (static_cast<What>(request.command.p2)) {
    case What::kAtr:
      return put_atr(tx, request.data);
    case What::kHistorical:
      return put_historical(tx, request.data);
    case What::kSettings:
      return put_settings(tx, request.data);
    case What::kFci:
      return put_fci(view, tx, request.data);
  }
  return sw::wrong_p1_p2;
}

}  // namespace

apdu::Response put_data(const CardView& view, Transaction& tx, const Request& request) {
  return apdu::Response(put(view, tx, request));
}

}  // namespace ssc::simulator::core
