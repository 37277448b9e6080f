// The card under test as expressions see it: its model, its key set, what its ATR said.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "conformance/desk/policy.h"
#include "conformance/expression/value.h"
#include "keys/key_set.h"
#include "keys/random.h"
#include "simulator/profile/model.h"

namespace ssc::conformance {

using simulator::profile::CardModel;

struct Subject {
  std::shared_ptr<const CardModel> card;
  std::shared_ptr<const keys::KeySet> keys;
  std::shared_ptr<const desk::Policy> policy;  // under which the card is issued; null: none is named
  bool psam_card = true;  // a PSAM answers APDUs; false: the runner computes from the key set
  Bytes historical;       // of the ATR last seen; the model's until then
  keys::Random* random = nullptr;
  std::map<std::string, Value, std::less<>> changed;  // facts that a <let> has set for the rest of the case

  // A model and its key set before any ATR was seen. Precondition: card and keys are set.
  static Subject of(std::shared_ptr<const CardModel> card, std::shared_ptr<const keys::KeySet> keys);
};

// A fact about the subject that expressions name: "pin.tries". Each is documented by its row.
struct Fact {
  std::string_view name;
  std::string_view meaning;
  Value (*read)(const Subject&);
};
std::span<const Fact> facts();
const Fact* find_fact(std::string_view name);
// The fact, or what a <let> made of it. Precondition: find_fact(fact.name).
Value read_fact(const Subject& subject, const Fact& fact);

// The card's own key: as the card file sets it; where the ATR seen is not the model's, diversified anew from
// the set. Error: neither knows the name and version.
Evaluated<keys::Key> card_key(const Subject& subject, std::string_view name, unsigned version);
// The key as the set holds it. Error: the set has no such name or version.
Evaluated<const keys::NamedKey*> named_key(const Subject& subject, std::string_view name, unsigned version);
// The entry of the card model; nothing when no DF holds the key.
const simulator::profile::KeyEntry* key_entry(const CardModel& card, std::string_view name, unsigned version);

// Factor of level 1 to 3 for this card. Error: another level.
Evaluated<keys::Factor> factor(const Subject& subject, std::int64_t level);

}  // namespace ssc::conformance
