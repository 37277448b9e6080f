#include "keys/ceremony/transfer.h"

#include <fmt/format.h>

#include <algorithm>

namespace ssc::keys::ceremony {
namespace {

constexpr std::uint16_t kKeyFiles[] = {0x0011, 0x0012, 0x0013};
constexpr unsigned kMostLevels = 3;
constexpr std::uint8_t kTypeBits = 0x1F;

std::string_view kind_word(std::uint8_t kind) {
  switch (kind) {
    case kToPsam:
      return "PSAMs";
    case kToMotherCard:
      return "mother cards";
    case kToMachine:
      return "encryption machines";
    default:
      return "transmission key cards";
  }
}

// The transmission key and the roots of proofs of one route.
struct Route {
  std::uint8_t key = 0;
  std::vector<std::uint8_t> roots;  // KID-01 first
};

class Walk {
 public:
  Walk(Sender& sender, Receiver& receiver, const Terms& terms)
      : sender_(sender), receiver_(receiver), terms_(terms) {}

  Done<std::vector<Moved>> run() {
    if (auto found = find_route(); !found) return tl::unexpected(found.error());
    const bool routes = sender_.face().type == kTransmissionCardType;
    for (const std::uint16_t file : kKeyFiles) {
      if (routes) break;
      if (auto moved = move_file(file); !moved) return tl::unexpected(moved.error());
    }
    if (routes) {
      if (auto moved = move_file(kRoutesFile); !moved) return tl::unexpected(moved.error());
    }
    return std::move(moved_.empty() ? passed_over_ : moved_);
  }

 private:
  bool is_of_route(const Head& head) const {
    const Face& face = receiver_.face();
    return head.kind() == receiver_.kind() && head.receivers == face.area[0] && head.area == face.area[1];
  }

  Done<void> find_route() {
    const auto all = sender_.records(kRoutesFile);
    if (!all) return tl::unexpected(all.error());
    for (const Held& held : *all) {
      if (!is_of_route(held.head)) continue;
      if (held.head.usage == kTransmissionKey) route_.key = held.head.id;
      if (held.head.usage == kRootOfKid) route_.roots.push_back(held.head.id);
    }
    std::ranges::sort(route_.roots);
    if (route_.key != 0) return {};
    const Face& face = receiver_.face();
    return tl::unexpected(CeremonyError{
        fmt::format(
            "{}: has no transmission key for {} of area {:02X}{:02X}00; bring it with the transmission "
            "key card first",
            sender_.name(), kind_word(receiver_.kind()), face.area[0], face.area[1]),
        {},
        false});
  }

  Done<void> move_file(std::uint16_t file) {
    const auto all = sender_.records(file);
    if (!all) return tl::unexpected(all.error());
    bool proved = false;
    for (const Held& held : *all) {
      if (!wanted(held)) continue;
      const Order order = order_of(held);
      const auto preview = sender_.preview(held, route_.key, order.usage_there);
      if (!preview) return tl::unexpected(preview.error());
      if (!preview->status.ok()) {
        pass_over(held, preview->status);
        continue;
      }
      if (!proved) {
        if (auto done = receiver_.prove(sender_, file, route_.roots); !done) return done;
        proved = true;
      }
      if (auto done = move(order, preview->data); !done) return done;
    }
    return {};
  }

  bool named(const Held& held) const {
    return std::ranges::find(terms_.only, name_of(held)) != terms_.only.end();
  }

  bool in_group(const Held& held) const {
    constexpr std::uint8_t kPurchaseType = 2;
    return receiver_.kind() != kToPsam || held.head.group == terms_.group ||
           (held.head.usage & kTypeBits) == kPurchaseType;
  }

  // Routes: those of the receiver's own area and below, but not its own.
  bool wanted(const Held& held) const {
    if (held.file != kRoutesFile && !in_group(held)) return false;
    if (!terms_.only.empty()) return named(held);
    if (held.file != kRoutesFile) return true;
    const Face& face = receiver_.face();
    const bool below = (face.level < 1 || held.head.receivers == face.area[0]) &&
                       (face.level < 2 || held.head.area == face.area[1]);
    return below && !is_of_route(held.head);
  }

  // As the receiver's level asks, or whole where the record lets it go so.
  Order order_of(const Held& held) const {
    Order order{.held = held, .usage_there = held.head.usage, .route = route_.key};
    const unsigned own = held.head.usage >> 5;
    const bool whole = (held.head.receivers & kWhole) != 0;
    if (held.file != kRoutesFile && !whole) {
      const unsigned there = std::min(own, kMostLevels - receiver_.face().level);
      order.usage_there = static_cast<std::uint8_t>(there << 5 | (held.head.usage & kTypeBits));
    }
    if (receiver_.kind() == kToPsam || receiver_.kind() == kToMachine) return order;
    if (held.file != kRoutesFile) order.receivers = held.head.receivers;
    order.exports = std::min(held.file == kRoutesFile ? terms_.uses : terms_.exports, held.head.left);
    return order;
  }

  void pass_over(const Held& held, apdu::StatusWord status) {
    add(named(held) ? moved_ : passed_over_, held, {}, refusal(status));
  }

  static std::string refusal(apdu::StatusWord status) {
    return fmt::format("{} {}", apdu::to_string(status), apdu::meaning(status).english);
  }

  static void add(std::vector<Moved>& to, const Held& held, ByteView preview, std::string why) {
    Moved moved{
        name_of(held), held.file == kRoutesFile ? std::uint8_t{1} : held.head.group, {}, std::move(why)};
    if (preview.size() >= kHeadSize + moved.check.size())
      std::ranges::copy(preview.subspan(kHeadSize, moved.check.size()), moved.check.begin());
    to.push_back(std::move(moved));
  }

  Done<void> move(Order order, ByteView preview) {
    auto status = hand_on(order);
    if (!status) return tl::unexpected(status.error());
    const bool there = *status == apdu::sw::wrong_data_field;
    if (there && terms_.replaces) {
      order.replaces = true;
      status = hand_on(order);
      if (!status) return tl::unexpected(status.error());
    }
    const bool stays = there && !terms_.replaces;
    add(moved_, order.held, preview, status->ok() ? "" : stays ? "is there already" : refusal(*status));
    return {};
  }

  // What the sender refuses is a status as well.
  Done<apdu::StatusWord> hand_on(const Order& order) {
    const auto random = receiver_.random();
    if (!random) return tl::unexpected(random.error());
    const auto sent = sender_.export_key(order, receiver_.face().serial, *random);
    if (!sent && sent.error().status != apdu::StatusWord()) return sent.error().status;
    if (!sent) return tl::unexpected(sent.error());
    return receiver_.load(order.held.file, order.replaces, *sent);
  }

  Sender& sender_;
  Receiver& receiver_;
  const Terms& terms_;
  Route route_;
  std::vector<Moved> moved_;
  std::vector<Moved> passed_over_;
};

}  // namespace

Done<std::vector<Moved>> transfer(Sender& sender, Receiver& receiver, const Terms& terms) {
  return Walk(sender, receiver, terms).run();
}

}  // namespace ssc::keys::ceremony
