// What a custody ledger says: who did what to which carrier, key set, machine or card. Format: README.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "keys/clock.h"
#include "keys/digest.h"
#include "keys/key.h"
#include "keys/sm2.h"

namespace ssc::keys::ledger {

enum class Kind : std::uint8_t {
  kOpen,         // the centre's folder was made: always entry 1, and no other
  kTrust,        // another centre's public key was taken in
  kCreate,       // a carrier or set came into being here
  kIssue,        // the ministry gives a carrier out (art. 23)
  kReceive,      // it came here: a carrier with the ministry's slip, a set, a machine
  kLoad,         // keys were written to it
  kHandover,     // it went to somebody (art. 24)
  kStore,        // it was put away: place and keeper
  kUse,          // it was used: export, derivation, loading, issuing
  kReturn,       // it came back, or went back where it came from
  kDestroy,      // it was destroyed, by two persons
  kMend,         // a line that was not written whole was cut off
  kCertificate,  // a machine's product certificate was recorded anew (art. 22)
  kCardsIssued,
  kLettersWiped,
  kPinChanged,
  kPinReset,
  kPinUnblocked,
  kCardLost,
  kCardReplaced,
};

enum class SubjectType : std::uint8_t {
  kCentre,
  kMasterKeyCard,        // 主控密钥卡
  kKeyMotherCard,        // 密钥母卡
  kTransmissionKeyCard,  // 传输密钥卡
  kPsam,
  kKeySet,
  kMachine,
  kCard,   // a social security card: its card number
  kBatch,  // a batch of cards: its name
};

// The four kinds that art. 23 names.
constexpr bool is_carrier(SubjectType type) {
  return type >= SubjectType::kMasterKeyCard && type <= SubjectType::kPsam;
}

struct Subject {
  SubjectType type = SubjectType::kKeySet;
  std::string id;  // within its type, in this centre
  friend bool operator==(const Subject&, const Subject&) = default;
  friend auto operator<=>(const Subject&, const Subject&) = default;
};

struct KeyCheck {
  std::string key;  // "UK1DF01"
  std::uint8_t version = 1;
  CheckValue value{};
  friend bool operator==(const KeyCheck&, const KeyCheck&) = default;
};

// What the caller states. Empty is left out of the file. Texts: UTF-8, one line, at most kLongestText bytes;
// none holds a key, a PIN or an identity number (the ledger refuses what looks like one of the last two).
struct Entry {
  Kind kind = Kind::kUse;
  Subject subject;
  std::string who;      // the person who did it
  std::string role;     // in which capacity: "key officer"
  std::string witness;  // the second person
  std::string from;
  std::string to;
  bool third_party = false;  // `to` is no part of the administration
  std::string purpose;
  std::string agreement;         // number of the confidentiality agreement
  std::string plan_reviewed_by;  // who reviewed the third party's security plan
  std::string supervisor;        // who supervises the third party
  std::string place;
  std::string keeper;
  std::vector<KeyCheck> checks;
  std::string certificate;  // a machine's commercial cryptography product certificate number
  std::string valid_until;  // its last day, "2027-12-31"
  bool lab = false;         // a machine for the laboratory, without certificate
  std::uint64_t count = 0;  // cards of a batch
  std::string slip;         // SM3 of the record by which a carrier came here, hexadecimal; set by receive()
  std::string note;
  friend bool operator==(const Entry&, const Entry&) = default;
};

inline constexpr std::size_t kLongestText = 400;

// An entry as it stands in a ledger.
struct Record {
  std::uint64_t number = 0;  // from 1 on, without a gap
  Time time;
  std::string centre;  // whose ledger
  Entry entry;
  Digest previous{};         // hash of the record before; zeros in the first
  Digest hash{};             // SM3(previous ‖ canonical text)
  Sm2Signature signature{};  // of the 32 bytes of `hash`
};

// In a file and in the two languages: "handover", "key-mother-card".
std::string_view word(Kind kind);
std::string_view word(SubjectType type);
std::optional<Kind> kind_of(std::string_view word);
std::optional<SubjectType> subject_type_of(std::string_view word);

}  // namespace ssc::keys::ledger
