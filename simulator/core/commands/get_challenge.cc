#include "simulator/core/commands/get_challenge.h"

namespace ssc::simulator::core {

apdu::Response get_challenge(const CardView& view, Transaction& tx, const Request& request) {
  std::array<std::uint8_t, 16> random{};
  const std::size_t size = request.command.le.value_or(0);
  tx.fill_random(std::span(random).first(size));
  const ByteView drawn = ByteView(random).first(size);
  if (view.image().takes_last_two_randoms) tx.session().earlier_challenge = view.session().challenge;
  tx.session().challenge = Challenge{InplaceBytes<16>(drawn)};
  return {drawn, apdu::sw::ok};
}

}  // namespace ssc::simulator::core
