#include "simulator/issue/issued_card.h"

#include <fmt/format.h>

#include <algorithm>

#include "apdu/hex.h"
#include "apdu/text/bcd.h"
#include "apdu/text/gbk.h"
#include "apdu/text/identity.h"

namespace ssc::simulator::issue {
namespace {

using apdu::Bytes;

constexpr std::size_t kHead = 7;  // T1 to T7: chip, COS, card maker (Part 2 t.16)
constexpr std::string_view kRegistration = "D156000005";
constexpr std::string_view kInitialiser = "9156000002";

Bytes bcd(const std::string& digits) {
  const auto bytes = apdu::encode_bcd(digits);
  return bytes ? Bytes(bytes->begin(), bytes->end()) : Bytes{};
}

// Area ‖ D156000005 ‖ serial (V2.0 notice t.10).
Bytes identification_head(const std::string& area, const std::string& serial) {
  return apdu::concat({bcd(area), *apdu::parse_hex(kRegistration), bcd(serial)});
}

bool holds_item(const profile::CardModel& model, std::uint8_t tag) {
  const profile::Df& environment = model.dfs.front();
  return std::ranges::any_of(environment.files, [tag](const profile::Ef& file) {
    return std::ranges::find(file.items, tag, &profile::Item::tag) != file.items.end();
  });
}

std::string record(std::string_view file, std::string_view tag, std::string_view form,
                   std::string_view value) {
  return fmt::format("  <record file=\"SSSE/{}\" tag=\"{}\" {}=\"{}\"/>\n", file, tag, form, value);
}

std::string name_hex(const std::string& text) {
  return apdu::to_hex(*apdu::encode_text(text, apdu::Charset::kGbk));
}

std::string issuer_records(const CardPattern& pattern, const Applicant& person, const IssuedCard& card) {
  return record("EF05", "01", "hex", apdu::to_hex(card.identification)) +
         record("EF05", "02", "text", person.card_class) +
         record("EF05", "04", "hex", fmt::format("{}{}{}01", kInitialiser, person.area, person.area)) +
         record("EF05", "05", "digits", pattern.issue_date) +
         record("EF05", "06", "digits", pattern.expiry_date) + record("EF05", "07", "text", card.card_number);
}

std::string holder_records(const Applicant& person) {
  std::string text = record("EF06", "08", "text", person.id_number) +
                     record("EF06", "09", "hex", name_hex(person.name_first));
  if (!person.name_rest.empty()) text += record("EF06", "4E", "hex", name_hex(person.name_rest));
  text += record("EF06", "0A", "text", person.sex) + record("EF06", "0B", "digits", person.nation);
  if (!person.birth_place.empty()) text += record("EF06", "0C", "digits", person.birth_place);
  return text + record("EF06", "0D", "digits", person.birth_date);
}

// An empty account where the card that was named has one.
std::string medical_of(const profile::CardModel& like) {
  if (!like.medical) return "";
  return fmt::format("  <medical type=\"{}\" load-tac=\"{}\"/>\n",
                     like.medical->binary_type ? "binary" : "stored",
                     like.medical->tac_before_load ? "before" : "after");
}

std::string t0_of(const profile::T0& t0) {
  const bool raw = t0.presentation == profile::Presentation::kRaw;
  const char* le = t0.le == profile::LeRule::kLenient   ? "lenient"
                   : t0.le == profile::LeRule::kZeroAll ? "zero-all"
                                                        : "strict";
  return fmt::format("  <t0 presentation=\"{}\" le=\"{}\"/>\n", raw ? "raw" : "direct", le);
}

}  // namespace

std::string numbered_card(char district, std::uint64_t number) {
  const std::string body = fmt::format("{}{:07}", district, number);
  return body + apdu::card_check_character(body).value_or('?');
}

keys::hsm::Answer<IssuedCard> make_card(const CardPattern& pattern, const Applicant& person,
                                        std::uint64_t number, keys::hsm::Machine& machine) {
  const std::string serial = fmt::format("{:08}", number);
  IssuedCard card;
  card.card_number = numbered_card(pattern.district, number);
  const auto& like = pattern.like.historical;
  const Bytes tail = apdu::concat({bcd(person.area.substr(0, 4)), bcd(serial)});
  std::ranges::copy(tail, std::copy_n(like.begin(), kHead, card.historical.begin()));
  card.identification = identification_head(person.area, serial);
  const auto irk = machine.card_path({pattern.like.cipher, "IRK", 1}, person.area, card.historical,
                                     pattern.four_digit_city);
  if (!irk) return tl::unexpected(irk.error());
  const auto code = machine.identification_mac(*irk, card.identification);
  if (!code) return tl::unexpected(code.error());
  card.identification.insert(card.identification.end(), code->begin(), code->end());
  return card;
}

tl::expected<std::string, std::string> card_file(const CardPattern& pattern, const Applicant& person,
                                                 const IssuedCard& card, const SealedPin& pin) {
  constexpr std::uint8_t kNameRest = 0x4E;
  if (!person.name_rest.empty() && !holds_item(pattern.like, kNameRest))
    return tl::make_unexpected(
        "name: longer than item 09 holds (30 bytes), and this structure has no item 4E");
  std::string text = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<card xmlns=\"urn:ssc:card:1\" name=\"{}\" profile=\"{}\" "
      "key-set=\"{}\" area=\"{}\" cipher=\"{}\" version=\"{}\">\n  {}\n  <atr historical=\"{}\"/>\n",
      card.card_number, pattern.like.profile, pattern.key_set, person.area, keys::name(pattern.like.cipher),
      pattern.like.version + "0", pin.storage, apdu::to_hex(card.historical));
  if (!pin.sealed.empty())
    text += fmt::format("  <pin sealed=\"{}\" tries=\"{}\"/>\n", apdu::to_hex(pin.sealed), pin.tries);
  return text + issuer_records(pattern, person, card) + holder_records(person) + medical_of(pattern.like) +
         t0_of(pattern.like.t0) + "</card>\n";
}

}  // namespace ssc::simulator::issue
