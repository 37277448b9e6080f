#include "simulator/carrier/commands/export_key.h"

#include <algorithm>

#include "keys/standard.h"
#include "simulator/carrier/delivery.h"
#include "simulator/core/octet_reader.h"

namespace ssc::simulator::carrier {
namespace {

namespace sw = apdu::sw;
namespace ceremony = keys::ceremony;
using apdu::Bytes;
using apdu::ByteView;
using apdu::Response;

constexpr std::uint8_t kChanges = 0x01;  // P1: for the receiver's 84 D4 01, else 84 D4 00
constexpr std::size_t kMacSize = 4;

struct Order {
  Wish wish;
  std::uint8_t group = 0;
  std::uint8_t route_id = 0;
  std::uint8_t id = 0;
  keys::Factor serial{};  // of the receiver
  ByteView random;        // the receiver's
};

Order read(const core::Request& request) {
  core::OctetReader in(request.data);
  Order order;
  order.wish.file = *request.target.ef;
  order.wish.usage = in.byte();
  order.id = in.byte();
  order.group = in.byte();
  order.wish.usage_there = in.byte();
  order.route_id = in.byte();
  order.wish.receivers = in.byte();
  order.wish.exports = in.word();
  std::ranges::copy(in.take(order.serial.size()), order.serial.begin());
  order.random = in.take(in.left());
  return order;
}

bool find(const core::CardView& view, Order& order) {
  const auto key = find_key(view, order.wish.file, order.wish.usage, order.id, order.group);
  const auto route = find_route(view, ceremony::kTransmissionKey, order.route_id);
  if (!key || !route) return false;
  order.wish.key = *key;
  order.wish.route = *route;
  return true;
}

// What the receiver's command carries (Part 9 §9.5-9.6; carriers: README.md §3).
Bytes plain_record(const Delivery& delivery, std::uint8_t kind, bool changes) {
  Head head = delivery.head;
  const ByteView value = delivery.value.reveal();
  if (kind == ceremony::kToPsam && changes) return apdu::concat({Bytes{head.usage, head.id, 0x00}, value});
  if (kind == ceremony::kToPsam) head.group = 0;
  return apdu::concat({ceremony::octets(head), value});
}

Response seal(const keys::Key& loading, const Order& order, const core::Request& request, ByteView plain) {
  const auto text = keys::encipher_key_record(loading, plain);
  const std::uint8_t head[] = {0x84, 0xD4, request.command.p1, request.command.p2,
                               static_cast<std::uint8_t>(text.size() + kMacSize)};
  const auto mac = keys::key_loading_mac(loading, order.random, {head, text});
  return Response(apdu::concat({text, mac}), sw::ok);
}

}  // namespace

Response export_key(const core::CardView& view, core::Transaction& tx, const core::Request& request) {
  Order order = read(request);
  if (!find(view, order)) return Response(sw::key_not_found);
  const auto delivery = deliver(view, order.wish);
  if (!delivery) return Response(delivery.error());
  const Head key = head_of(view, order.wish.key);
  const Head route = head_of(view, order.wish.route);
  if (key.left == 0 || route.left == 0) return Response(sw::counter_at_maximum);
  count_use(tx, order.wish.key, key);
  if (order.wish.key != order.wish.route) count_use(tx, order.wish.route, route);
  const keys::Key loading = keys::diversify(view.key_value(order.wish.route), order.serial);
  const bool changes = request.command.p1 == kChanges;
  return seal(loading, order, request, plain_record(*delivery, route.kind(), changes));
}

}  // namespace ssc::simulator::carrier
