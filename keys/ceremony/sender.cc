#include "keys/ceremony/sender.h"

#include <fmt/format.h>

#include <algorithm>

#include "keys/pin.h"

namespace ssc::keys::ceremony {
namespace {

constexpr std::size_t kSerialAt = 3;  // issuer 1, then cn 10, whose right eight bytes count
constexpr std::size_t kTypeAt = 12;
constexpr std::size_t kIssuerSize = 15;

std::uint8_t low(std::uint16_t file) { return static_cast<std::uint8_t>(file & 0xFF); }

Bytes with_length(std::initializer_list<std::uint8_t> header, ByteView data) {
  Bytes out(header);
  out.push_back(static_cast<std::uint8_t>(data.size()));
  out.insert(out.end(), data.begin(), data.end());
  return out;
}

unsigned level_of(std::uint8_t first, std::uint8_t second) { return first == 0 ? 0 : second == 0 ? 1 : 2; }

Held read_held(std::uint16_t file, std::uint8_t number, ByteView data) {
  Held held{file, number, read_head(data), {}};
  std::ranges::copy(data.subspan(kHeadSize, held.check.size()), held.check.begin());
  return held;
}

}  // namespace

std::string name_of(std::uint16_t file, const Head& head) {
  if (file == kRoutesFile)
    return fmt::format("{}-{:02X}", head.usage == kTransmissionKey ? "TK" : "PR", head.id);
  constexpr std::uint8_t kTypeBits = 0x1F;
  const auto row = std::ranges::find_if(key_names(), [&](const KeyName& name) {
    if ((head.usage & kTypeBits) != name.psam_type) return false;
    return name.psam_id == 0 ? name.purpose == Purpose::kPurchase : name.psam_id == head.id;
  });
  return row != key_names().end() ? std::string(row->name)
                                  : fmt::format("key-{:02X}/{:02X}", head.usage, head.id);
}

std::string name_of(const Held& held) { return name_of(held.file, held.head); }

Done<Bytes> select(Talk& talk, ByteView name) {
  Bytes command = with_length({0x00, 0xA4, 0x04, 0x00}, name);
  command.push_back(0x00);
  return talk.must(command, "selecting its application");
}

Done<Face> read_face(Talk& talk) {
  const auto issuer = talk.must(Bytes{0x00, 0xB0, 0x95, 0x00, kIssuerSize}, "reading its serial number");
  if (!issuer) return tl::unexpected(issuer.error());
  if (issuer->size() != kIssuerSize)
    return tl::unexpected(CeremonyError{talk.name() + ": its public file has not 15 bytes", {}, false});
  Face face;
  face.type = (*issuer)[kTypeAt];
  std::copy_n(issuer->begin() + kSerialAt, face.serial.size(), face.serial.begin());
  const bool psam = face.type == kPsamType;
  const auto own = talk.must(psam ? Bytes{0x00, 0xB0, 0x96, 0x00, 0x06} : Bytes{0x00, 0xB0, 0x97, 0x00, 0x08},
                             "reading its area");
  if (!own) return tl::unexpected(own.error());
  const std::size_t at = psam ? 0 : 1;
  face.area = {(*own)[at], (*own)[at + 1]};
  face.level = level_of(face.area[0], face.area[1]);
  return face;
}

Done<Sender> Sender::open(apdu::Channel& channel, std::string name, std::string_view pin) {
  Sender sender(Talk(channel, std::move(name)));
  if (auto entered = sender.enter(pin); !entered) return tl::unexpected(entered.error());
  return sender;
}

Done<void> Sender::enter(std::string_view pin) {
  if (auto powered = talk_.power_on(); !powered) return powered;
  const auto face = read_face(talk_);
  if (!face) return tl::unexpected(face.error());
  face_ = *face;
  if (face_.type == kPsamType)
    return tl::unexpected(
        CeremonyError{talk_.name() + ": a PSAM gives no key on; name a key carrier", {}, false});
  if (auto selected = select(talk_, kKeysAid); !selected) return tl::unexpected(selected.error());
  const auto digits = pin_bytes(pin);
  if (!digits)
    return tl::unexpected(CeremonyError{talk_.name() + ": the PIN is not 4 to 16 digits", {}, false});
  const auto given = talk_.must(with_length({0x00, 0x20, 0x00, 0x00}, *digits), "giving the holder's PIN");
  if (!given) return tl::unexpected(given.error());
  return {};
}

Done<std::vector<Held>> Sender::records(std::uint16_t file) {
  constexpr unsigned kMost = 254;
  std::vector<Held> all;
  for (unsigned number = 1; number <= kMost; ++number) {
    const auto at = static_cast<std::uint8_t>(number);
    const auto answer = talk_.send(Bytes{0x80, 0xCA, at, low(file), 0x0B});
    if (!answer) return tl::unexpected(answer.error());
    if (answer->status == apdu::sw::record_not_found) break;
    if (!answer->status.ok() || answer->data.size() != kHeadSize + 3)
      return tl::unexpected(
          CeremonyError{fmt::format("{}: listing file {:04X}: {} {}", name(), file,
                                    apdu::to_string(answer->status), apdu::meaning(answer->status).english),
                        answer->status, false});
    all.push_back(read_held(file, at, answer->data));
  }
  return all;
}

Done<apdu::Response> Sender::preview(const Held& held, std::uint8_t route, std::uint8_t usage_there) {
  return talk_.send(Bytes{0x80, 0xCA, held.number, low(held.file), 0x02, route, usage_there, 0x0B});
}

Done<Bytes> Sender::export_key(const Order& order, const Factor& serial, ByteView random) {
  const Head& head = order.held.head;
  const bool routes = order.held.file == kRoutesFile;
  const auto exports = apdu::big_endian<2>(order.exports);
  const Bytes data = apdu::concat({Bytes{head.usage, head.id, routes ? std::uint8_t{0} : head.group,
                                         order.usage_there, order.route, order.receivers},
                                   exports, serial, random});
  const std::uint8_t p1 = order.replaces ? 0x01 : 0x00;
  Bytes command = with_length({0x80, 0xE8, p1, low(order.held.file)}, data);
  command.push_back(0x00);
  return talk_.must(command, "exporting " + name_of(order.held));
}

Done<Bytes> Sender::make_proof(std::uint8_t root, const Factor& serial, ByteView random, ByteView original) {
  const Bytes data = apdu::concat({serial, random, original});
  Bytes command = with_length({0x80, 0x8A, 0x00, root}, data);
  command.push_back(0x08);
  return talk_.must(command, "making a proof for the receiver");
}

}  // namespace ssc::keys::ceremony
