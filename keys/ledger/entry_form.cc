#include "keys/ledger/entry_form.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "apdu/text/gbk.h"
#include "apdu/text/identity.h"

namespace ssc::keys::ledger {
namespace {

constexpr TextField kTexts[] = {
    {"who", "--who", &Entry::who},
    {"role", "--role", &Entry::role},
    {"witness", "--witness", &Entry::witness},
    {"from", "--from", &Entry::from},
    {"to", "--to", &Entry::to},
    {"purpose", "--purpose", &Entry::purpose},
    {"agreement", "--agreement", &Entry::agreement},
    {"plan_reviewed_by", "--plan-reviewed-by", &Entry::plan_reviewed_by},
    {"supervisor", "--supervisor", &Entry::supervisor},
    {"place", "--place", &Entry::place},
    {"keeper", "--keeper", &Entry::keeper},
    {"certificate", "--certificate", &Entry::certificate},
    {"valid_until", "--valid-until", &Entry::valid_until},
    {"slip", "--slip", &Entry::slip},
    {"note", "--note", &Entry::note},
};

using Types = unsigned;
constexpr Types bit(SubjectType type) { return 1U << static_cast<unsigned>(type); }
constexpr Types kCarriers = bit(SubjectType::kMasterKeyCard) | bit(SubjectType::kKeyMotherCard) |
                            bit(SubjectType::kTransmissionKeyCard) | bit(SubjectType::kPsam);
constexpr Types kKept = kCarriers | bit(SubjectType::kKeySet) | bit(SubjectType::kMachine);

struct KindRow {
  Kind kind;
  Types types;  // to which it can happen
};
constexpr KindRow kKinds[] = {
    {Kind::kOpen, bit(SubjectType::kCentre)},
    {Kind::kTrust, bit(SubjectType::kCentre)},
    {Kind::kCreate, kCarriers | bit(SubjectType::kKeySet)},
    {Kind::kIssue, kCarriers},
    {Kind::kReceive, kKept},
    {Kind::kLoad, kKept},
    {Kind::kHandover, kKept},
    {Kind::kStore, kKept},
    {Kind::kUse, kKept},
    {Kind::kReturn, kKept},
    {Kind::kDestroy, kKept},
    {Kind::kMend, bit(SubjectType::kCentre)},
    {Kind::kCertificate, bit(SubjectType::kMachine)},
    {Kind::kCardsIssued, bit(SubjectType::kBatch)},
    {Kind::kLettersWiped, bit(SubjectType::kBatch) | bit(SubjectType::kCentre)},
    {Kind::kPinChanged, bit(SubjectType::kCard)},
    {Kind::kPinReset, bit(SubjectType::kCard)},
    {Kind::kPinUnblocked, bit(SubjectType::kCard)},
    {Kind::kCardLost, bit(SubjectType::kCard)},
    {Kind::kCardReplaced, bit(SubjectType::kCard)},
};

constexpr std::size_t kLongestId = 64;
constexpr std::size_t kMostChecks = 2000;
constexpr std::size_t kKeyDigits = 32;  // of a key of 16 bytes

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; }
bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

// Whether an identity number stands in it, by itself and not inside a longer number.
bool holds_identity_number(std::string_view text) {
  constexpr std::size_t kSize = 18;
  for (std::size_t at = 0; at + kSize <= text.size(); ++at) {
    const bool begins = at == 0 || !is_digit(text[at - 1]);
    const bool ends = at + kSize == text.size() || !is_digit(text[at + kSize]);
    if (begins && ends && !apdu::check_citizen_number(text.substr(at, kSize))) return true;
  }
  return false;
}

bool holds_key(std::string_view text) {
  std::size_t run = 0;
  return std::ranges::any_of(text, [&](char c) { return (run = is_hex(c) ? run + 1 : 0) >= kKeyDigits; });
}

const char* fault_of(std::string_view text) {
  if (text.size() > kLongestText) return "is longer than 400 bytes";
  if (std::ranges::any_of(text, is_control)) return "is not one line of text";
  if (!apdu::encode_text(text, apdu::Charset::kGb18030)) return "is no UTF-8";
  if (holds_identity_number(text))
    return "holds an identity number, which no ledger keeps: name the card number";
  return nullptr;
}

std::optional<std::string> check_texts(const Entry& entry) {
  for (const TextField& field : kTexts) {
    const std::string& text = entry.*field.member;
    if (const char* fault = fault_of(text)) return fmt::format("{} {}", field.option, fault);
    if (field.member != &Entry::slip && holds_key(text))
      return fmt::format("{} holds {} hexadecimal digits or more, as a key has: no ledger keeps one",
                         field.option, kKeyDigits);
  }
  return std::nullopt;
}

std::optional<std::string> check_subject(const Entry& entry) {
  const std::string& id = entry.subject.id;
  if (id.empty() || id.size() > kLongestId)
    return fmt::format("the {} is named by 1 to {} bytes", word(entry.subject.type), kLongestId);
  if (const char* fault = fault_of(id))
    return fmt::format("the name of the {} {}", word(entry.subject.type), fault);
  if (holds_key(id)) return fmt::format("the name of the {} looks like a key", word(entry.subject.type));
  const auto row = std::ranges::find(kKinds, entry.kind, &KindRow::kind);
  if ((row->types & bit(entry.subject.type)) == 0)
    return fmt::format("{} is nothing that happens to a {}", word(entry.kind), word(entry.subject.type));
  return std::nullopt;
}

bool is_day(std::string_view text) { return parse_time(std::string(text) + "T00:00:00Z").has_value(); }

bool is_check(const KeyCheck& check) {
  const auto plain = [](char c) { return c > ' ' && c < 0x7F && c != '/'; };
  return !check.key.empty() && check.key.size() <= kLongestId && std::ranges::all_of(check.key, plain) &&
         check.version <= 9;
}

std::optional<std::string> check_rest(const Entry& entry) {
  if (entry.who.empty()) return "nobody is named who did it: add --who NAME";
  if (entry.role.empty()) return "it is not said in which capacity: add --role TEXT";
  if (!entry.valid_until.empty() && !is_day(entry.valid_until))
    return fmt::format("'{}' is no day: write --valid-until 2027-12-31", entry.valid_until);
  if (entry.checks.size() > kMostChecks) return fmt::format("more than {} check values", kMostChecks);
  if (!std::ranges::all_of(entry.checks, is_check)) return "a check value names no key or version";
  return std::nullopt;
}

}  // namespace

std::span<const TextField> text_fields() { return kTexts; }

std::optional<std::string> check_form(const Entry& entry) {
  if (auto fault = check_subject(entry)) return fault;
  if (auto fault = check_texts(entry)) return fault;
  return check_rest(entry);
}

}  // namespace ssc::keys::ledger
