#include "conformance/desk/desk_card.h"

#include <fmt/format.h>

#include <algorithm>

#include "apdu/atr.h"
#include "apdu/hex.h"
#include "apdu/record_tlv.h"
#include "apdu/text/gbk.h"
#include "conformance/expression/tlv_path.h"

namespace ssc::conformance::desk {
namespace {

namespace sw = apdu::sw;

constexpr std::string_view kSsseName = "7378312E73682EC9E7BBE1B1A3D5CF";
constexpr std::uint8_t kIssuerFile = 0x05;
constexpr std::uint8_t kHolderFile = 0x06;
constexpr std::uint8_t kIdentification = 0x01;
constexpr std::uint8_t kCardNumber = 0x07;
constexpr std::uint8_t kIdentityNumber = 0x08;
constexpr std::size_t kIdentificationSize = 16;
constexpr std::size_t kHistoricalSize = 13;
constexpr unsigned kEveryStructure = 0xF;

tl::unexpected<Refusal> unfit(const std::string& what) {
  return refuse("unfit-card", code::illegal_input,
                "This is no social security card the desk can serve: " + what, "该卡无法受理：" + what);
}

// What a status word means at a desk, wherever it comes.
struct Meaning {
  apdu::StatusWord status;
  std::string_view rule;
  int code;
  apdu::Phrase why;
};
constexpr Meaning kMeanings[] = {
    {sw::key_not_found,
     "no-key",
     code::key_not_found,
     {"the card has no such key: another region's or another generation's keys are meant", "卡内没有该密钥"}},
    {sw::method_locked,
     "locked",
     code::locked,
     {"the key is locked for good after too many failures", "密钥已锁定"}},
    {sw::function_not_supported,
     "card-blocked",
     code::card_blocked,
     {"the card is blocked for good", "卡片已被永久锁定"}},
    {sw::application_locked,
     "card-blocked",
     code::card_blocked,
     {"the card's application is blocked for good", "应用已被永久锁定"}},
};

tl::unexpected<Refusal> refused_by_card(const std::string& doing, apdu::StatusWord status) {
  const std::string said = doing + ": " + apdu::to_string(status) + ", ";
  const auto* found = std::ranges::find(kMeanings, status, &Meaning::status);
  if (found != std::end(kMeanings))
    return refuse(std::string(found->rule), found->code, said + std::string(found->why.english),
                  said + std::string(found->why.chinese));
  const auto& meaning = apdu::meaning(status);
  return refuse("card-refuses", -status.value(), said + std::string(meaning.english),
                said + std::string(meaning.chinese));
}

bool is_tries_left(apdu::StatusWord status) {
  return apdu::family(status) == apdu::family(sw::tries_left(0));
}
unsigned tries_of(apdu::StatusWord status) { return status.value() & 0xFU; }

// What the card says to a PIN.
Decided<void> pin_answer(apdu::StatusWord status) {
  if (status.ok()) return {};
  if (is_tries_left(status)) {
    const unsigned left = tries_of(status);
    return refuse("pin-wrong", code::pin_wrong, fmt::format("The PIN is wrong; {} tries are left", left),
                  fmt::format("密码错误，剩余{}次", left));
  }
  if (status == sw::method_locked)
    return refuse("pin-locked", code::pin_locked, "The PIN is locked; reset or unblock it at the desk",
                  "密码已锁定，请办理解锁或重置");
  return refused_by_card("the PIN", status);
}

// 01 DES, 02 SSF33, 03 SM4; absent: area 11 SSF33, others DES (provincial terminal spec §10.1).
keys::Cipher cipher_of(ByteView fci, std::string_view area) {
  const auto tag = find_tlv(fci, "6F/A5/9F0C/86");
  if (tag && tag->size() == 1 && (*tag)[0] >= 1 && (*tag)[0] <= 3)
    return static_cast<keys::Cipher>((*tag)[0]);
  return area.starts_with("11") ? keys::Cipher::kSsf33 : keys::Cipher::kDes;
}

// Text of an item, without what fills it up.
std::string text_of(ByteView value) {
  const auto end = std::ranges::find(value, 0x00);
  return apdu::decode_text(value.first(static_cast<std::size_t>(end - value.begin())),
                           apdu::Charset::kGb18030)
      .value_or("");
}

std::uint8_t key_id(std::string_view name) {
  return keys::find_key_name(name, keys::Structures(kEveryStructure))->id.value_or(0);
}

bool all_digits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

Bytes octets_of(const keys::Pin& pin) {
  const auto octets = keys::pin_bytes(pin.reveal());
  return {octets->view().begin(), octets->view().end()};
}

}  // namespace

Decided<Answer> DeskCard::send(const Bytes& header, ByteView data, std::optional<std::uint8_t> le,
                               bool secret) {
  Rendered command{header, {}};
  if (!data.empty()) command.bytes.push_back(static_cast<std::uint8_t>(data.size()));
  command.bytes.insert(command.bytes.end(), data.begin(), data.end());
  if (le) command.bytes.push_back(*le);
  if (secret) command.secrets.add(header.size() + 1, data.size());
  auto answer = session_.send(apdu::Slot::kCard, command, false, log_);
  if (!answer) return not_carried_out("reader", answer.error().reason);
  return *std::move(answer);
}

Decided<Bytes> DeskCard::wanted(const std::string& doing, const Decided<Answer>& answer) {
  if (!answer) return tl::unexpected(answer.error());
  if (!answer->status.ok()) return refused_by_card(doing, answer->status);
  return answer->data;
}

// By name; where the SSSE is the MF without one, as the MF.
Decided<Bytes> DeskCard::select() {
  const auto by_name = send({0x00, 0xA4, 0x04, 0x00}, *apdu::parse_hex(kSsseName), 0x00);
  if (by_name && by_name->status == sw::file_not_found)
    return wanted("SELECT MF", send({0x00, 0xA4, 0x00, 0x00}, {}, 0x00));
  return wanted("SELECT SSSE", by_name);
}

Decided<Answer> DeskCard::read(std::uint8_t tag, std::uint8_t sfi) {
  return send({0x00, 0xB2, tag, static_cast<std::uint8_t>(sfi << 3)}, {}, 0x00);
}

Decided<Bytes> DeskCard::item(std::uint8_t tag, std::uint8_t sfi) {
  const auto record = wanted(fmt::format("READ RECORD {:02X} of EF{:02X}", tag, sfi), read(tag, sfi));
  if (!record) return record;
  const auto parsed = apdu::parse_record(*record);
  if (!parsed || parsed->tag != tag) return unfit(fmt::format("its item {:02X} is no record", tag));
  return Bytes(parsed->value.begin(), parsed->value.end());
}

Decided<CardIdentity> DeskCard::identify() {
  const auto atr = session_.power(apdu::Slot::kCard, Power::Action::kOn, log_);
  if (!atr) return not_carried_out("reader", atr.error().reason);
  CardIdentity card;
  if (const auto parsed = apdu::parse_atr(*atr)) card.place.historical = parsed->historical;
  if (card.place.historical.size() != kHistoricalSize) return unfit("its ATR has not 13 historical bytes");
  const auto fci = select();
  if (!fci) return tl::unexpected(fci.error());
  const auto identification = item(kIdentification, kIssuerFile);
  if (!identification) return tl::unexpected(identification.error());
  const auto number = item(kCardNumber, kIssuerFile);
  if (!number) return tl::unexpected(number.error());
  card.identification = apdu::to_hex(*identification);
  card.card_number = text_of(*number);
  card.place.area = card.identification.substr(0, 6);
  if (identification->size() != kIdentificationSize || !all_digits(card.place.area))
    return unfit("its identification code names no area");
  card.place.cipher = cipher_of(*fci, card.place.area);
  return card;
}

Bytes DeskCard::drawn() {
  Bytes octets(8);
  random_.fill(octets);
  return octets;
}

Decided<void> DeskCard::prove_genuine(CardKeys& keys) {
  const Bytes factor = drawn();
  const Bytes original = drawn();
  const auto expected = keys.authentication("IRK", factor, original);
  if (!expected) return tl::unexpected(expected.error());
  const auto answer = wanted("INTERNAL AUTHENTICATION",
                             send({0x00, 0x88, 0x00, 0x00}, apdu::concat({factor, original}), 0x08));
  if (!answer) return tl::unexpected(answer.error());
  if (apdu::equal(*answer, ByteView(*expected))) return {};
  return refuse("not-genuine", code::not_genuine,
                "The card does not prove itself to this desk's keys: it is not genuine, or of another "
                "region, where the "
                "holder must go",
                "内部认证失败：卡片不合法，或属于其他地区，请到发卡地办理");
}

Decided<std::string> DeskCard::identity_number(CardKeys& keys) {
  const auto first = read(kIdentityNumber, kHolderFile);
  if (first && first->status == sw::security_status_not_satisfied) {
    if (const auto opened = authenticate(keys, "RKSSSE"); !opened) return tl::unexpected(opened.error());
  }
  return item(kIdentityNumber, kHolderFile).map([](const Bytes& value) { return text_of(value); });
}

Decided<Bytes> DeskCard::challenge() {
  return wanted("GET CHALLENGE", send({0x00, 0x84, 0x00, 0x00}, {}, 0x08));
}

Decided<void> DeskCard::authenticate(CardKeys& keys, std::string_view key) {
  const auto random = challenge();
  if (!random) return tl::unexpected(random.error());
  const Bytes original = drawn();
  const auto data = keys.authentication(key, *random, original);
  if (!data) return tl::unexpected(data.error());
  const auto answer =
      send({0x00, 0x82, 0x00, key_id(key)}, apdu::concat({ByteView(*data), ByteView(original)}));
  if (!answer) return tl::unexpected(answer.error());
  if (answer->status.ok()) return {};
  const std::string name(key);
  if (is_tries_left(answer->status))
    return refuse("key-refused", -answer->status.value(),
                  fmt::format("The card does not take this desk's {}; {} tries are left for it", name,
                              tries_of(answer->status)),
                  fmt::format("外部认证{}失败，剩余{}次", name, tries_of(answer->status)));
  auto refusal = refused_by_card("EXTERNAL AUTHENTICATION with " + name, answer->status);
  if (answer->status == sw::method_locked && key == "PUK") {
    return refuse("puk-locked", code::locked,
                  "The card's unblock key PUK is locked (6983): its PIN can be neither unblocked nor reset, "
                  "the card must "
                  "be replaced",
                  "解锁密钥PUK已锁定（6983）：密码无法解锁或重置，须补换卡");
  }
  return refusal;
}

Decided<void> DeskCard::unblock(CardKeys& keys) {
  return challenge()
      .and_then([&](const Bytes& random) { return keys.unblock(random); })
      .and_then([&](const Bytes& data) {
        return wanted("PIN UNBLOCK", send({0x84, 0x24, 0x00, 0x00}, data));
      })
      .map([](const Bytes&) {});
}

Decided<void> DeskCard::reload(CardKeys& keys, const keys::Pin& pin) {
  return challenge()
      .and_then([&](const Bytes& random) { return keys.reload(random, octets_of(pin)); })
      .and_then([&](const Bytes& data) {
        return wanted("PIN CHANGE", send({0x84, 0x24, 0x00, 0x01}, data, {}, true));
      })
      .map([](const Bytes&) {});
}

Decided<std::optional<unsigned>> DeskCard::tries() {
  const auto answer = send({0x00, 0x20, 0x00, 0x00}, {}, 0x00);
  if (!answer) return tl::unexpected(answer.error());
  if (answer->status.ok()) return std::optional<unsigned>();
  if (is_tries_left(answer->status)) return std::optional(tries_of(answer->status));
  if (answer->status == sw::method_locked) return std::optional(0U);
  return refused_by_card("VERIFY without a PIN", answer->status);
}

Decided<void> DeskCard::verify(const keys::Pin& pin) {
  const auto answer = send({0x00, 0x20, 0x00, 0x00}, octets_of(pin), {}, true);
  if (!answer) return tl::unexpected(answer.error());
  return pin_answer(answer->status);
}

Decided<void> DeskCard::change_pin(const keys::Pin& old, const keys::Pin& pin) {
  const Bytes between{0xFF};
  const auto answer =
      send({0x80, 0x5E, 0x01, 0x00}, apdu::concat({octets_of(old), between, octets_of(pin)}), {}, true);
  if (!answer) return tl::unexpected(answer.error());
  return pin_answer(answer->status);
}

}  // namespace ssc::conformance::desk
