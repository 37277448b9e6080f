#include "simulator/carrier/delivery.h"

#include <algorithm>

#include "apdu/hex.h"
#include "keys/factors.h"
#include "keys/standard.h"

namespace ssc::simulator::carrier {
namespace {

namespace sw = apdu::sw;
namespace ceremony = keys::ceremony;
using apdu::StatusWord;

constexpr unsigned kMostLevels = 3;
constexpr std::uint8_t kTypeBits = 0x1F;

unsigned levels_of(std::uint8_t usage) { return usage >> 5; }

// Everything the checks ask about.
struct Case {
  const Wish& wish;
  Identity own;
  Head key;
  Head route;
  bool routes;      // the key is a route itself
  bool to_carrier;  // else the receiver gives nothing on
};

// How many diversifications are left at the receiver's level to the card's own key.
unsigned levels_left(const Case& c) { return kMostLevels - c.route.level(); }

StatusWord data_field(const Case& c) {
  const Wish& wish = c.wish;
  if (wish.usage != c.key.usage) return sw::wrong_data_field;
  if (c.routes && (wish.usage_there != c.key.usage || wish.receivers != 0)) return sw::wrong_data_field;
  if (!c.routes && ((wish.usage_there & kTypeBits) != (wish.usage & kTypeBits) ||
                    levels_of(wish.usage_there) > levels_of(wish.usage)))
    return sw::wrong_data_field;
  if (!c.to_carrier && (wish.receivers != 0 || wish.exports != 0)) return sw::wrong_data_field;
  return sw::ok;
}

bool arrives_whole(const Case& c) { return levels_of(c.wish.usage_there) > levels_left(c); }

bool grants_more(const Case& c) {
  return (!c.routes && (c.wish.receivers & ~c.key.receivers) != 0) || c.wish.exports > c.key.left;
}

StatusWord purpose_of_key(const Case& c) {
  const std::uint8_t kind = c.route.kind();
  if ((c.key.receivers & kind) == 0) return sw::conditions_of_use_not_satisfied;
  if (arrives_whole(c) && (c.key.receivers & ceremony::kWhole) == 0)
    return sw::conditions_of_use_not_satisfied;
  return sw::ok;
}

StatusWord purpose_of_route(const Case& c) {
  const bool goes =
      c.own.type == ceremony::kTransmissionCardType &&
      (c.route.kind() == ceremony::kToMotherCard || c.route.kind() == ceremony::kToTransmissionCard);
  return goes ? sw::ok : sw::conditions_of_use_not_satisfied;
}

StatusWord purpose(const Case& c) {
  if ((c.own.receivers & c.route.kind()) == 0 || grants_more(c)) return sw::conditions_of_use_not_satisfied;
  return c.routes ? purpose_of_route(c) : purpose_of_key(c);
}

// A root below the receiver's own level is not the receiver's; one that its owner keeps lower stays as it is.
bool below_receiver(const Case& c) {
  const unsigned least = std::min(levels_of(c.key.usage), levels_left(c));
  return !c.routes && levels_of(c.wish.usage_there) < least;
}

StatusWord owner(const Case& c) {
  if (!covers(c.own, c.route.receivers, c.route.area)) return sw::wrong_owner;
  if (!c.routes && c.route.kind() == ceremony::kToMotherCard && c.route.level() > c.own.level + 1)
    return sw::wrong_owner;
  return below_receiver(c) ? sw::wrong_owner : sw::ok;
}

constexpr StatusWord (*kChecks[])(const Case&) = {data_field, purpose, owner};

// The route's area as six digits: 9901 is area 990100.
std::array<char, 6> area_of(const Head& route) {
  std::array<char, 6> out{'0', '0', '0', '0', '0', '0'};
  const std::uint8_t bytes[] = {route.receivers, route.area};
  for (std::size_t i = 0; i < std::size(bytes); ++i) {
    out[2 * i] = static_cast<char>('0' + (bytes[i] >> 4));
    out[2 * i + 1] = static_cast<char>('0' + (bytes[i] & 0x0F));
  }
  return out;
}

// From `levels` left down to `levels_there`: the province's factor first, then the city's (Part 9 §7.3).
keys::Key diversified(keys::Key key, unsigned levels, unsigned levels_there, const Head& route) {
  const auto digits = area_of(route);
  const std::string_view area(digits.data(), digits.size());
  for (; levels > levels_there; --levels) {
    key = keys::diversify(key, levels == kMostLevels ? keys::province_factor(area)
                                                     : keys::city_factor(area, keys::four_digit_city(area)));
  }
  return key;
}

Head head_there(const Case& c) {
  Head head = c.key;
  head.usage = c.wish.usage_there;
  if (!c.routes) head.receivers = c.wish.receivers;
  head.left = c.wish.exports;
  return head;
}

}  // namespace

tl::expected<Delivery, StatusWord> deliver(const core::CardView& view, const Wish& wish) {
  const Head route = head_of(view, wish.route);
  const Case c{wish,
               identity_of(view),
               head_of(view, wish.key),
               route,
               is_routes(view, wish.file),
               route.kind() == ceremony::kToMotherCard || route.kind() == ceremony::kToTransmissionCard};
  for (const auto check : kChecks) {
    if (const StatusWord status = check(c); !status.ok()) return tl::unexpected(status);
  }
  const keys::Key key = view.key_value(wish.key);
  if (c.routes) return Delivery{head_there(c), key};
  return Delivery{head_there(c), diversified(key, levels_of(wish.usage), levels_of(wish.usage_there), route)};
}

}  // namespace ssc::simulator::carrier
