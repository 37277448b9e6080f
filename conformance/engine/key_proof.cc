#include "conformance/engine/key_proof.h"

#include "apdu/atr.h"
#include "keys/standard.h"

namespace ssc::conformance {
namespace {

using simulator::profile::KeyEntry;
using simulator::profile::Purpose;

constexpr std::array<std::uint8_t, 8> kFactor = {0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88};
constexpr std::array<std::uint8_t, 8> kOriginal = {0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08};

tl::unexpected<std::string> doubt(const std::string& why) {
  return tl::make_unexpected("the key set cannot be compared with the card: " + why);
}

struct Place {
  const simulator::profile::Df* df;
  const KeyEntry* key;
};

std::optional<Place> find_internal_key(const CardModel& card) {
  for (const auto& df : card.dfs) {
    const auto key = std::ranges::find(df.keys, Purpose::kInternalAuthentication, &KeyEntry::purpose);
    if (key != df.keys.end() && !df.name.empty()) return Place{&df, &*key};
  }
  return std::nullopt;
}

Rendered command(std::initializer_list<std::uint8_t> header, std::initializer_list<ByteView> parts,
                 std::uint8_t le) {
  Bytes bytes(header);
  const Bytes data = apdu::concat(parts);
  bytes.push_back(static_cast<std::uint8_t>(data.size()));
  bytes.insert(bytes.end(), data.begin(), data.end());
  bytes.push_back(le);
  return {bytes, {}};
}

tl::expected<Bytes, std::string> ask(Session& session, const Rendered& apdu, std::string_view name,
                                     std::vector<Exchange>& log) {
  auto answer = session.send(apdu::Slot::kCard, apdu, false, log);
  if (!answer) return doubt(answer.error().reason);
  if (!answer->status.ok()) return doubt(std::string(name) + " gave " + apdu::to_string(answer->status));
  return std::move(answer->data);
}

}  // namespace

tl::expected<void, std::string> prove_keys(Session& session, Subject subject, std::vector<Exchange>& log) {
  const auto place = find_internal_key(*subject.card);
  if (!place) return doubt("card file " + subject.card->name + " has no key for INTERNAL AUTHENTICATION");
  const auto atr = session.power(apdu::Slot::kCard, Power::Action::kOn, log);
  if (!atr) return doubt(atr.error().reason);
  if (const auto parsed = apdu::parse_atr(*atr)) subject.historical = parsed->historical;
  const auto key = card_key(subject, place->key->name, place->key->version);
  if (!key) return doubt(key.error());
  if (!keys::available(key->cipher())) return doubt("SSF33 is a secret cipher");
  const auto selected =
      ask(session, command({0x00, 0xA4, 0x04, 0x00}, {place->df->name}, 0x00), "SELECT", log);
  if (!selected) return tl::make_unexpected(selected.error());
  const auto answer = ask(session, command({0x00, 0x88, 0x00, 0x00}, {kFactor, kOriginal}, 0x08),
                          "INTERNAL AUTHENTICATION", log);
  if (!answer) return tl::make_unexpected(answer.error());
  const auto wanted = keys::authentication_data(keys::session_key(*key, kFactor), kOriginal);
  if (apdu::equal(*answer, ByteView(wanted))) return {};
  return tl::make_unexpected("INTERNAL AUTHENTICATION with " + place->key->name + " shows that key set " +
                             subject.keys->name + " is not this card's");
}

}  // namespace ssc::conformance
