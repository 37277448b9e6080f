#include "tests/simulator/model/moves.h"

#include <string_view>

#include "apdu/hex.h"
#include "keys/standard.h"

namespace ssc::simulator::model {
namespace {

struct Weight {
  MoveKind kind;
  unsigned weight;
};

// Right moves weigh enough for the PUK to be used often before it locks, wrong ones for locks to be common.
constexpr Weight kWeights[] = {
    {MoveKind::kReset, 4},
    {MoveKind::kSelect, 12},
    {MoveKind::kRead, 12},
    {MoveKind::kChallenge, 30},
    {MoveKind::kAskPin, 10},
    {MoveKind::kRightPin, 10},
    {MoveKind::kWrongPin, 10},
    {MoveKind::kMalformedPin, 3},
    {MoveKind::kChangePin, 8},
    {MoveKind::kChangePinWrongOld, 4},
    {MoveKind::kMalformedChange, 3},
    {MoveKind::kAuthenticate, 24},
    {MoveKind::kFailAuthentication, 8},
    {MoveKind::kUnblock, 10},
    {MoveKind::kReload, 12},
    {MoveKind::kBadMac, 4},
    {MoveKind::kBadReload, 4},
    {MoveKind::kMalformedUnblock, 3},
    {MoveKind::kUnknown, 1},
};

constexpr unsigned total_weight() {
  unsigned sum = 0;
  for (const Weight& item : kWeights) sum += item.weight;
  return sum;
}

Bytes hex(std::string_view text) { return apdu::parse_hex(text).value(); }

// Part of a move's salt: a number below `count`. Different places take different shifts.
unsigned pick(const Move& move, unsigned shift, std::size_t count) {
  return (move.salt >> shift) % static_cast<unsigned>(count);
}

template <class Items>
const auto& choose(const Move& move, unsigned shift, const Items& items) {
  return items[pick(move, shift, std::size(items))];
}

Bytes with_data(std::string_view header, ByteView data) {
  return apdu::concat({hex(header), Bytes{static_cast<std::uint8_t>(data.size())}, data});
}

constexpr std::string_view kPins[] = {"123456", "1234",   "123F",           "00000000", "1234567890123456",
                                      "654321", "98765F", "12345678901234", "5555",     "070060"};
constexpr std::string_view kNoPins[] = {"12345A", "1F34", "12FF", "F234", "12F4", "AAAA", "12345B"};

constexpr std::string_view kSelects[] = {"00A4000000",
                                         "00A40000023F00",
                                         "00A4000002DF01",
                                         "00A4000002DDF1",
                                         "00A4000002DF04",
                                         "00A4000002DF01",
                                         "00A4000002DF0F",
                                         "00A4020002EF05",
                                         "00A4020002EF06",
                                         "00A40400057378312E73",
                                         "00A4040006D15600000500",
                                         "00A4040006D156000005FF",
                                         "00A40000",
                                         "00A404000F7378312E73682EC9E7BBE1B1A3D5CF"};

constexpr std::string_view kReads[] = {"00B2012C", "00B20134", "00B2022C", "00B20124", "00B21F2C"};

constexpr std::string_view kChallenges[] = {"0084000008", "0084000008", "0084000008", "0084000004",
                                            "0084000008", "0084000010", "0084000000", "00840000",
                                            "0084000105", "0084000008"};

Bytes pin_of(const Move& move) {
  if (pick(move, 9, 8) == 0) return {};
  return hex(choose(move, 3, kPins));
}

Bytes wrong_pin(const Move& move, const PinModel& model) {
  const Bytes pin = hex(choose(move, 3, kPins));
  return pin == model.pin() ? Bytes{0x77, 0x77} : pin;
}

// ---- the PIN ----

Bytes ask_pin(const Move& move) { return hex(pick(move, 0, 2) == 0 ? "00200000" : "0020000000"); }

Bytes malformed_pin(const Move& move) {
  constexpr std::string_view kShapes[] = {"002000000112",
                                          "0020000009123456789012345678",
                                          "0020000003123456"
                                          "00",
                                          "0020000103123456",
                                          "00200100",
                                          "00200000031234"};
  const unsigned which = pick(move, 0, std::size(kShapes) + std::size(kNoPins));
  if (which < std::size(kShapes)) return hex(kShapes[which]);
  return with_data("00200000", hex(kNoPins[which - std::size(kShapes)]));
}

Bytes change(ByteView old_pin, ByteView new_pin) {
  return with_data("805E0100", apdu::concat({old_pin, Bytes{0xFF}, new_pin}));
}

Bytes malformed_change(const Move& move, const PinModel& model) {
  constexpr std::string_view kShapes[] = {
      "805E0100021234",       "805E01000412345678",   "805E010003123456", "805E01000412FF3456",
      "805E0100051234FF56FF", "805E0000051234FF5678", "805E010101FF",     "805E0100",
      "805E0100031234FF00"};
  const unsigned which = pick(move, 0, std::size(kShapes) + 2);
  if (which < std::size(kShapes)) return hex(kShapes[which]);
  if (which == std::size(kShapes)) return change(model.pin(), hex(choose(move, 4, kNoPins)));
  return change(hex(choose(move, 4, kNoPins)), pin_of(move));
}

// ---- keys ----

// Mostly the PUK; keys that open something else, keys that let nobody in, and none.
constexpr std::uint8_t kKeyIds[] = {0x06, 0x06, 0x06, 0x06, 0x06, 0x06, 0x04, 0x88, 0x84, 0x02, 0x00, 0x0F};
// 00 is "absent" half of the time; a group that is not there now and then.
constexpr std::uint8_t kVersions[] = {0, 0, 0, 1, 1, 2, 3, 4};

Bytes authentication(const Move& move, const PinModel& model, bool right) {
  const std::uint8_t kid = choose(move, 0, kKeyIds);
  const std::uint8_t version = choose(move, 4, kVersions);
  const Bytes original = hex("0102030405060708");
  Bytes data(8, 0xEE);
  const profile::KeyEntry* key = model.key(kid, version);
  if (right && key != nullptr && model.usable_challenge()) {
    const auto made = keys::authentication_data(keys::session_key(key->value, model.challenge()), original);
    data.assign(made.begin(), made.end());
  }
  Bytes field = apdu::concat({data, original});
  if (version != 0 || pick(move, 8, 2) == 0) field.push_back(version);
  return with_data(apdu::to_hex(Bytes{0x00, 0x82, 0x00, kid}), field);
}

keys::SessionKey session_of(const PinModel& model) {
  const ByteView random = model.usable_challenge() ? ByteView(model.challenge()) : ByteView();
  return keys::session_key(model.secure_messaging_key().value, random);
}

// The field with its MAC, which `spoil` turns wrong.
Bytes with_mac(const PinModel& model, std::string_view header, ByteView field, bool spoil) {
  const Bytes head = apdu::concat({hex(header), Bytes{static_cast<std::uint8_t>(field.size() + 4)}});
  auto mac = keys::mac(session_of(model), {head, field});
  if (spoil) mac[3] ^= 0x01;
  return apdu::concat({head, field, mac});
}

// One block, enciphered.
Bytes enciphered(const PinModel& model, Bytes block) {
  const keys::SessionKey session = session_of(model);
  block.resize(keys::block_size(session.cipher()));
  Bytes out;
  const auto made = keys::encipher_blocks(session.key(), block);
  const ByteView view = made;
  out.assign(view.begin(), view.end());
  return out;
}

Bytes packed(const Bytes& pin) {
  return apdu::concat({Bytes{static_cast<std::uint8_t>(pin.size())}, pin, Bytes{0x80}});
}

Bytes reload(const Move& move, const PinModel& model, bool spoil) {
  Bytes pin = pin_of(move);
  if (pin.size() > 6) pin.resize(6);
  return with_mac(model, "84240001", enciphered(model, packed(pin)), spoil);
}

// The MAC is right, what is under it is not.
Bytes bad_reload(const Move& move, const PinModel& model) {
  constexpr std::string_view kBlocks[] = {"0012345680",       "FF12345680",       "0312345600",
                                          "0312345680000001", "0312345A80",       "011280",
                                          "0712345678901234", "0812345678901234", "000080"};
  return with_mac(model, "84240001", enciphered(model, hex(choose(move, 0, kBlocks))), false);
}

Bytes bad_mac(const Move& move, const PinModel& model) {
  return pick(move, 20, 2) == 0 ? with_mac(model, "84240000", {}, true) : reload(move, model, true);
}

Bytes malformed_unblock(const Move& move, const PinModel& model) {
  constexpr std::string_view kShapes[] = {"842400000311223344", "84240000",           "842400020411223344",
                                          "842401000411223344", "002400000411223344", "84240000041122334400"};
  const unsigned which = pick(move, 0, std::size(kShapes) + 1);
  if (which < std::size(kShapes)) return hex(kShapes[which]);
  const std::size_t other = keys::block_size(model.secure_messaging_key().value.cipher()) == 8 ? 16 : 8;
  return with_data("84240001", Bytes(other + 4, 0x11));
}

// ---- the rest ----

// READ RECORD with the right Le where the model knows it, else 02.
Bytes read(const Move& move, const PinModel& model) {
  Bytes apdu = hex(choose(move, 0, kReads));
  std::size_t le = 2;
  for (const profile::Ef& file : model.df().files) {
    if (file.sfi == apdu[3] >> 3 && apdu[2] <= file.records.size()) le = file.records[apdu[2] - 1U].size();
  }
  apdu.push_back(static_cast<std::uint8_t>(pick(move, 16, 8) == 0 ? 0 : le));
  return apdu;
}

}  // namespace

Move random_move(std::mt19937_64& random) {
  const std::uint64_t drawn = random();
  auto at = static_cast<unsigned>((drawn >> 32) % total_weight());
  for (const Weight& item : kWeights) {
    if (at < item.weight) return {item.kind, static_cast<std::uint32_t>(drawn)};
    at -= item.weight;
  }
  return {};
}

Bytes apdu_of(const Move& move, const PinModel& model) {
  switch (move.kind) {
    case MoveKind::kReset:
      return {};
    case MoveKind::kSelect:
      return hex(choose(move, 0, kSelects));
    case MoveKind::kRead:
      return read(move, model);
    case MoveKind::kChallenge:
      return hex(choose(move, 0, kChallenges));
    case MoveKind::kAskPin:
      return ask_pin(move);
    case MoveKind::kRightPin:
      return with_data("00200000", model.pin());
    case MoveKind::kWrongPin:
      return with_data("00200000", wrong_pin(move, model));
    case MoveKind::kMalformedPin:
      return malformed_pin(move);
    case MoveKind::kChangePin:
      return change(model.pin(), pin_of(move));
    case MoveKind::kChangePinWrongOld:
      return change(wrong_pin(move, model), pin_of(move));
    case MoveKind::kMalformedChange:
      return malformed_change(move, model);
    case MoveKind::kAuthenticate:
      return authentication(move, model, true);
    case MoveKind::kFailAuthentication:
      return authentication(move, model, false);
    case MoveKind::kUnblock:
      return with_mac(model, "84240000", {}, false);
    case MoveKind::kReload:
      return reload(move, model, false);
    case MoveKind::kBadMac:
      return bad_mac(move, model);
    case MoveKind::kBadReload:
      return bad_reload(move, model);
    case MoveKind::kMalformedUnblock:
      return malformed_unblock(move, model);
    case MoveKind::kUnknown:
      return hex(pick(move, 0, 2) == 0 ? "00E2000000" : "8420000003123456");
  }
  return {};
}

}  // namespace ssc::simulator::model
