#include "conformance/expression/subject.h"

#include <algorithm>
#include <array>

#include "apdu/hex.h"
#include "conformance/desk/card_holder.h"
#include "conformance/desk/initial_pin.h"
#include "keys/factors.h"

namespace ssc::conformance {
namespace {

using keys::Cipher;

// The digit nibble at `index`, raised by one; 9 becomes 0.
void raise_digit(Bytes& pin, std::size_t index) {
  std::uint8_t& byte = pin[index / 2];
  const unsigned shift = index % 2 == 0 ? 4 : 0;
  const unsigned digit = (byte >> shift) & 0xFU;
  const unsigned raised = digit >= 9 ? 0 : digit + 1;
  byte = static_cast<std::uint8_t>((byte & ~(0xFU << shift)) | (raised << shift));
}

// Another PIN of the same length and coding; on a card without PIN, one of six digits.
Value other_pin(const Subject& subject, bool last_digit) {
  Bytes pin = subject.card->pin.value;
  if (pin.empty()) return Value::bytes(last_digit ? Bytes{0x65, 0x43, 0x21} : Bytes{0x11, 0x22, 0x33}, true);
  const bool odd = (pin.back() & 0xF) == 0xF;
  raise_digit(pin, last_digit ? pin.size() * 2 - (odd ? 2 : 1) : 0);
  return Value::bytes(std::move(pin), true);
}

Bytes area_octets(const CardModel& card) {
  auto bytes = apdu::parse_hex(card.area);
  return bytes ? *bytes : Bytes{};
}

// Transaction type as MACs and log of the card file's account hold it; empty on a card of online mode.
Value transaction_type(const Subject& subject, std::uint8_t number) {
  const auto& medical = subject.card->medical;
  if (!medical) return Value::bytes(Bytes{});
  const std::uint8_t stored = medical->binary_type ? 0x00 : 0x30;
  return Value::bytes(Bytes{static_cast<std::uint8_t>(stored + number)});
}

// A part of what the account holds when the card is issued; empty on a card of online mode.
Value issued_amounts(const Subject& subject, std::size_t from, std::size_t count) {
  const auto& medical = subject.card->medical;
  if (!medical || medical->amounts.size() < from + count) return Value::bytes(Bytes{});
  return Value::bytes(ByteView(medical->amounts).subspan(from, count));
}

std::size_t log_record_length(const CardModel& card) {
  const auto* df = card.find_df("DF04");
  if (df == nullptr) return 0;
  const auto log = std::ranges::find(df->files, 0xEF08, &simulator::profile::Ef::fid);
  return log == df->files.end() ? 0 : log->record_length;
}

// DF names of the PSAM's environments: sx1, sx2 or sx3.sh.社会保障 in GBK (Part 9 §5; sx3: field practice).
Bytes psam_environment(Cipher cipher) {
  Bytes name = {0x73, 0x78, 0x31, 0x2E, 0x73, 0x68, 0x2E, 0xC9, 0xE7, 0xBB, 0xE1, 0xB1, 0xA3, 0xD5, 0xCF};
  name[2] = static_cast<std::uint8_t>('0' + static_cast<int>(cipher));
  return name;
}

std::string le_rule(simulator::profile::LeRule rule) {
  switch (rule) {
    case simulator::profile::LeRule::kStrict:
      return "strict";
    case simulator::profile::LeRule::kZeroAll:
      return "zero-all";
    case simulator::profile::LeRule::kLenient:
      break;
  }
  return "lenient";
}

std::string_view word(desk::Unchanged unchanged) {
  constexpr std::array<std::string_view, 5> kWords{"usable", "not-asked", "query-only", "no-business",
                                                   "not-active"};
  return kWords[static_cast<std::size_t>(unchanged)];
}

// A number of the policy; 0 where none is named.
Value policy_number(const Subject& subject, unsigned desk::Policy::*number) {
  return Value::number(subject.policy ? static_cast<std::int64_t>((*subject.policy).*number) : 0);
}

// Six digits of the holder as a PIN; empty where the card file does not know them.
Value holder_digits(const std::optional<keys::Pin>& digits) {
  if (!digits) return Value::bytes(Bytes{}, true);
  const auto octets = keys::pin_bytes(digits->reveal());
  return Value::bytes(Bytes(octets->view().begin(), octets->view().end()), true);
}

Value birth_digits(const Subject& subject) {
  const std::string birth = desk::birth_date_of(desk::holder_of(*subject.card));
  return holder_digits(birth.empty() ? std::nullopt : keys::Pin::of(birth.substr(2)));
}

Value number_digits(const Subject& subject) {
  return holder_digits(
      desk::identity_digits(desk::holder_of(*subject.card).id_number, desk::LastCharacter::kXIsZero));
}

constexpr std::array<Fact, 33> kFacts = {{
    {"pin", "the PIN as the card file sets it, cn; empty: no PIN",
     [](const Subject& s) { return Value::bytes(s.card->pin.value, true); }},
    {"pin.wrong", "a PIN of the same length that is not the card's",
     [](const Subject& s) { return other_pin(s, true); }},
    {"pin.new", "a PIN to change to: of the same length, neither pin nor pin.wrong",
     [](const Subject& s) { return other_pin(s, false); }},
    {"pin.tries", "how many wrong PINs lock it",
     [](const Subject& s) { return Value::number(s.card->pin.tries); }},
    {"card.name", "the card file's name", [](const Subject& s) { return Value::text(s.card->name); }},
    {"card.profile", "its profile: '3.00'", [](const Subject& s) { return Value::text(s.card->profile); }},
    {"card.version", "structure version: '1.0', '2.0', '3.0'",
     [](const Subject& s) { return Value::text(s.card->version); }},
    {"card.edition", "of a 1.0 card: '2000' or '2011'; else empty",
     [](const Subject& s) { return Value::text(s.card->edition); }},
    {"card.area", "area code, 3 octets cn",
     [](const Subject& s) { return Value::bytes(area_octets(*s.card)); }},
    {"card.atr", "the ATR the card file gives", [](const Subject& s) { return Value::bytes(s.card->atr); }},
    {"card.historical", "historical octets of the ATR last seen",
     [](const Subject& s) { return Value::bytes(s.historical); }},
    {"card.cipher", "'DES', 'SM4' or 'SSF33'",
     [](const Subject& s) { return Value::text(std::string(keys::name(s.card->cipher))); }},
    {"card.algorithm", "octet after tag 86 of the FCI: 1 DES, 2 SSF33, 3 SM4",
     [](const Subject& s) { return Value::number(static_cast<int>(s.card->cipher)); }},
    {"card.block", "octets of a cipher block: 8 or 16",
     [](const Subject& s) {
       return Value::number(static_cast<std::int64_t>(keys::block_size(s.card->cipher)));
     }},
    {"card.t0", "'raw' when 61xx and 6Cxx are visible, else 'direct'",
     [](const Subject& s) {
       const bool raw = s.card->t0.presentation == simulator::profile::Presentation::kRaw;
       return Value::text(raw ? "raw" : "direct");
     }},
    {"card.le", "what it takes for Le besides the real length: 'strict', 'zero-all' or 'lenient'",
     [](const Subject& s) { return Value::text(le_rule(s.card->t0.le)); }},
    {"medical", "true: the card makes offline transactions in DF04; false: online mode only",
     [](const Subject& s) { return Value::truth(s.card->medical.has_value()); }},
    {"medical.load", "type of a load in MACs and log: 31, or binary 01",
     [](const Subject& s) { return transaction_type(s, 1); }},
    {"medical.purchase", "type of a purchase: 32, or binary 02",
     [](const Subject& s) { return transaction_type(s, 2); }},
    {"medical.personal", "true: personal account mode, with log records of 20 octets",
     [](const Subject& s) { return Value::truth(s.card->medical && log_record_length(*s.card) == 20); }},
    {"medical.sequences", "load and purchase sequence as issued, 4 octets",
     [](const Subject& s) { return issued_amounts(s, 0, 4); }},
    {"medical.totals", "balance, self-paid and pooled total as issued, 12 octets",
     [](const Subject& s) { return issued_amounts(s, 4, 12); }},
    {"medical.tac_before", "true: the TAC of a load takes the balance before it; false: after",
     [](const Subject& s) { return Value::truth(s.card->medical && s.card->medical->tac_before_load); }},
    {"policy", "name of the PIN policy the card is issued under; empty: none is named",
     [](const Subject& s) { return Value::text(s.policy ? s.policy->id : ""); }},
    {"policy.length", "digits of a PIN by the policy",
     [](const Subject& s) { return policy_number(s, &desk::Policy::length); }},
    {"policy.tries", "how many wrong PINs lock it by the policy",
     [](const Subject& s) { return policy_number(s, &desk::Policy::tries); }},
    {"policy.unchanged",
     "what the initial PIN is good for: 'usable', 'not-asked', 'query-only', 'no-business', 'not-active'",
     [](const Subject& s) { return Value::text(std::string(s.policy ? word(s.policy->unchanged) : "")); }},
    {"policy.back", "true: a reset may give the initial PIN again",
     [](const Subject& s) {
       return Value::truth(s.policy && s.policy->back_to_initial == desk::BackToInitial::kByReset);
     }},
    {"holder.birth", "the holder's birth date as a PIN, YYMMDD; empty: not in the card file", birth_digits},
    {"holder.number", "the last six of the holder's number as a PIN, X as 0; empty: not in the card file",
     number_digits},
    {"psam.card", "true: a PSAM answers APDUs; false: --psam-target keys",
     [](const Subject& s) { return Value::truth(s.psam_card); }},
    {"psam.environment", "DF name of the PSAM's environment for the card's cipher",
     [](const Subject& s) { return Value::bytes(psam_environment(s.card->cipher)); }},
    {"psam.application", "AID of the PSAM's application DF01",
     [](const Subject&) {
       return Value::bytes(Bytes{0xD1, 0x56, 0x00, 0x00, 0x05, 0x90});
     }},
}};

}  // namespace

Subject Subject::of(std::shared_ptr<const CardModel> card, std::shared_ptr<const keys::KeySet> keys) {
  Subject subject;
  subject.historical = card->historical;
  subject.card = std::move(card);
  subject.keys = std::move(keys);
  return subject;
}

std::span<const Fact> facts() { return kFacts; }

const Fact* find_fact(std::string_view name) {
  const auto* row = std::ranges::find(kFacts, name, &Fact::name);
  return row == kFacts.end() ? nullptr : row;
}

Value read_fact(const Subject& subject, const Fact& fact) {
  const auto changed = subject.changed.find(fact.name);
  return changed == subject.changed.end() ? fact.read(subject) : changed->second;
}

const simulator::profile::KeyEntry* key_entry(const CardModel& card, std::string_view name,
                                              unsigned version) {
  for (const auto& df : card.dfs) {
    for (const auto& key : df.keys) {
      if (key.name == name && key.version == version) return &key;
    }
  }
  return nullptr;
}

Evaluated<const keys::NamedKey*> named_key(const Subject& subject, std::string_view name, unsigned version) {
  if (const keys::NamedKey* key = subject.keys->find(name, version)) return key;
  return tl::make_unexpected("key '" + std::string(name) + "' version " + std::to_string(version) +
                             " is not in key set " + subject.keys->name);
}

// Whether the ATR last seen says a card factor.
static Evaluated<void> factor_fits(const Subject& subject) {
  constexpr std::size_t kHistoricalBytes = 13;
  if (subject.historical.size() == kHistoricalBytes) return {};
  return tl::make_unexpected("the ATR has " + std::to_string(subject.historical.size()) +
                             " historical octets; the card factor wants 13 (Part 9 §7.3.3)");
}

Evaluated<keys::Key> card_key(const Subject& subject, std::string_view name, unsigned version) {
  if (apdu::equal(subject.historical, subject.card->historical)) {
    if (const auto* entry = key_entry(*subject.card, name, version)) return entry->value;
  }
  const auto key = named_key(subject, name, version);
  if (!key) return tl::make_unexpected(key.error());
  if (auto fits = factor_fits(subject); !fits) return tl::make_unexpected(fits.error());
  return keys::card_key(*subject.keys, **key, subject.card->area, subject.historical);
}

Evaluated<keys::Factor> factor(const Subject& subject, std::int64_t level) {
  const auto area = as_bytes(read_fact(subject, *find_fact("card.area")));
  if (!area || area->size() != 3) return tl::make_unexpected(std::string("card.area is not 3 octets"));
  const std::string digits = apdu::to_hex(*area);
  const bool only_digits = std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
  if (level != 3 && !only_digits) return tl::make_unexpected("card.area " + digits + " is not six digits");
  if (auto fits = factor_fits(subject); level == 3 && !fits) return tl::make_unexpected(fits.error());
  if (level == 1) return keys::province_factor(digits);
  if (level == 2) return keys::city_factor(digits);
  if (level == 3) return keys::card_factor(subject.historical);
  return tl::make_unexpected("there is no factor of level " + std::to_string(level) + "; levels are 1, 2, 3");
}

}  // namespace ssc::conformance
