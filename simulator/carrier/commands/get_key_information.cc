#include "simulator/carrier/commands/get_key_information.h"

#include "keys/standard.h"
#include "simulator/carrier/delivery.h"

namespace ssc::simulator::carrier {
namespace {

namespace sw = apdu::sw;
namespace ceremony = keys::ceremony;
using apdu::Response;
using core::KeyIndex;

// Counted from 1, in the order in which they came.
std::optional<KeyIndex> nth(const core::CardView& view, core::EfIndex file, unsigned number) {
  const auto& keys = view.image().keys;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (keys[i].file == file && --number == 0) return static_cast<KeyIndex>(i);
  }
  return std::nullopt;
}

Response information(const Head& head, const keys::Key& key) {
  const auto kcv = keys::check_value(key);
  return Response(apdu::concat({ceremony::octets(head), kcv}), sw::ok);
}

// Data: the id of a transmission key ‖ the usage at the receiver.
Response as_exported(const core::CardView& view, core::EfIndex file, KeyIndex key, core::ByteView data) {
  const auto route = find_route(view, ceremony::kTransmissionKey, data[0]);
  if (!route) return Response(sw::key_not_found);
  const auto delivery = deliver(view, {.file = file,
                                       .key = key,
                                       .route = *route,
                                       .usage = view.image().key(key).usage,
                                       .usage_there = data[1]});
  return delivery ? information(delivery->head, delivery->value) : Response(delivery.error());
}

}  // namespace

Response get_key_information(const core::CardView& view, core::Transaction&, const core::Request& request) {
  const core::EfIndex file = *request.target.ef;
  const unsigned number = request.command.p1;
  const auto key = number == 0 ? std::nullopt : nth(view, file, number);
  if (!key) return Response(sw::record_not_found);
  if (!request.data.empty()) return as_exported(view, file, *key, request.data);
  return information(head_of(view, *key), view.key_value(*key));
}

}  // namespace ssc::simulator::carrier
