// A region's PIN policy, as a file (schema scenarios/schema/region.xsd): how the initial PIN is made, what it
// is good for, what a new PIN must not be, and where a locked one is undone. Practice of a region, never
// behaviour of a card.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "apdu/input_error.h"
#include "conformance/desk/refusal.h"
#include "keys/pin.h"
#include "keys/random.h"

namespace ssc::conformance::desk {

enum class InitialRule : std::uint8_t {
  kNone,         // no PIN until the holder sets one
  kFixed,        // one value for all
  kIdLastSix,    // of the identity number
  kBirthDate,    // YYMMDD
  kCardLastSix,  // of the card number, a letter read as 0
  kRandom,       // drawn, and told in a sealed letter
};

// What kIdLastSix does with the number's last character; letters elsewhere are read as 0.
enum class LastCharacter : std::uint8_t {
  kXIsZero,     // X counts as 0
  kSkipX,       // a final X is dropped, then the last six are taken
  kTwoToSeven,  // the six before the last character, whatever it is
};

struct InitialPin {
  InitialRule rule = InitialRule::kNone;
  LastCharacter last = LastCharacter::kXIsZero;  // of kIdLastSix
  keys::Pin value;                               // of kFixed
};

// What a holder may do while the PIN is the initial one.
enum class Unchanged : std::uint8_t {
  kUsable,
  kNotAsked,    // business without being asked for a PIN
  kQueryOnly,   // looking up, no business
  kNoBusiness,  // may not transact
  kNotActive,   // the card is not in use before the change
};
enum class FirstUse : std::uint8_t { kOptional, kAdvised, kMustChange };
// A change back to the initial PIN is never accepted. What a reset may do:
enum class BackToInitial : std::uint8_t { kRefused, kByReset };

// What a new PIN must not be. In the order in which they are checked.
enum class PinRule : std::uint8_t {
  kLength,      // other than the policy's number of digits; always checked
  kNotInitial,  // the initial PIN; always checked
  kNotOld,      // the PIN it replaces
  kNoSequence,  // 123456, 654321
  kNoRepeat,    // one digit over and over
  kNoBirth,     // YYMMDD of birth
  kNoId,        // the last six of the identity number, by any reading of its last character
};

// What a policy tells a holder in one language: whole sentences.
struct HolderText {
  std::string initial;  // how the initial PIN is set
  std::string change;   // whether and when it must be changed
  std::string undo;     // where a forgotten or locked PIN is reset
};

struct Policy {
  std::string id;  // "lanzhou"
  std::string name_zh;
  std::string name_en;
  std::string confidence;            // "practice": reported by local pages, not by the standard
  apdu::OwnedPhrase source;          // where it was reported
  std::vector<std::string> assumed;  // facts no source states: the project's own choice
  unsigned length = 6;               // digits of a PIN
  unsigned tries = 3;                // before the card locks the PIN
  std::vector<InitialPin> initial;   // at least one; the first is given, the others are met as well
  Unchanged unchanged = Unchanged::kUsable;
  FirstUse first_use = FirstUse::kAdvised;
  BackToInitial back_to_initial = BackToInitial::kByReset;
  std::vector<std::string> changed_at;  // places: "bank", "pharmacy" …; none: no page says
  std::vector<PinRule> forbidden;       // beside kLength and kNotInitial, which always hold
  bool agent = false;                   // another person may come with both identity cards
  std::vector<std::string> undone_at;   // places, as changed_at
  HolderText zh;
  HolderText en;

  bool forbids(PinRule rule) const;
  // Business needs a changed PIN.
  bool must_change_first() const {
    return unchanged != Unchanged::kUsable && unchanged != Unchanged::kNotAsked;
  }
  // The initial PIN is told to the holder in a letter.
  bool has_letter() const { return initial.front().rule == InitialRule::kRandom; }
};

// A path or a built-in name ("lanzhou"). Errors with file and line.
apdu::Loaded<Policy> load_policy(std::string_view path_or_name);
std::vector<std::string> built_in_policies();
// The built-in policy of a region by its name, English or Chinese, or its id; capital letters do not matter.
std::optional<std::string> policy_of_region(std::string_view region);

// What is known of a holder at the desk or in a batch.
struct Holder {
  std::string id_number;    // as on the document; x counts as X
  std::string birth_date;   // YYYYMMDD; empty: that of a citizen number of 18 characters
  std::string card_number;  // nine characters
};

// The initial PIN by the policy's first rule; empty for kNone. `random` is used by kRandom alone. Refused:
// the holder's data are too short or absent for the rule.
tl::expected<keys::Pin, Refusal> initial_pin(const Policy& policy, const Holder& holder,
                                             keys::Random& random);

// Whether the policy lets `pin` be the new PIN, before any card sees it: the first rule it breaks. `old` is
// empty when it is not known. kNotInitial is judged by what the policy's rules give for the holder; the
// register knows the PIN that was really given.
std::optional<PinRule> broken_rule(const Policy& policy, const Holder& holder, const keys::Pin& pin,
                                   const keys::Pin& old);
// The same as a sentence with its code. Precondition: `rule` was broken under the policy.
Refusal refusal_of(const Policy& policy, PinRule rule);
// All of them for a holder: "A new PIN has 6 digits and is not the initial PIN, the old PIN, …."
apdu::OwnedPhrase new_pin_rules(const Policy& policy);

}  // namespace ssc::conformance::desk
