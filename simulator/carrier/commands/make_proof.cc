#include "simulator/carrier/commands/make_proof.h"

#include "keys/standard.h"
#include "simulator/carrier/holding.h"

namespace ssc::simulator::carrier {
namespace {

namespace sw = apdu::sw;
namespace ceremony = keys::ceremony;
using apdu::Response;

constexpr std::size_t kOriginal = 8;

keys::Factor serial_of(core::ByteView data) {
  keys::Factor serial{};
  std::ranges::copy(data.first(serial.size()), serial.begin());
  return serial;
}

}  // namespace

// Data: serial number 8 ‖ the receiver's random ‖ original information 8.
Response make_proof(const core::CardView& view, core::Transaction& tx, const core::Request& request) {
  const auto root = find_route(view, ceremony::kRootOfKid, request.command.p2);
  if (!root) return Response(sw::key_not_found);
  const Head head = head_of(view, *root);
  if (!covers(identity_of(view), head.receivers, head.area)) return Response(sw::wrong_owner);
  if (head.left == 0) return Response(sw::counter_at_maximum);
  count_use(tx, *root, head);
  const keys::Factor serial = serial_of(request.data);
  const core::ByteView rest = request.data.subspan(serial.size());
  const keys::Key kid = keys::diversify(view.key_value(*root), serial);
  const auto session = keys::session_key(kid, rest.first(rest.size() - kOriginal));
  return Response(keys::authentication_data(session, rest.last(kOriginal)), sw::ok);
}

}  // namespace ssc::simulator::carrier
