// The counter: a forgotten or locked PIN, a change of PIN, the first use of a card, with everything that must
// hold before and be written after.
#pragma once

#include <functional>

#include "conformance/desk/blacklist.h"
#include "conformance/desk/business.h"
#include "conformance/desk/desk_card.h"
#include "conformance/desk/visitor.h"
#include "keys/clock.h"
#include "keys/ledger/entry.h"

namespace ssc::conformance::desk {

// All but the functions outlive the desk.
struct DeskParts {
  DeskCard& card;
  CardKeys& keys;
  CardRegister& book;
  const Policy& policy;
  const Blacklist& blacklist;
  keys::Random& random;
  keys::Clock clock;
  // The custody ledger; called before the card is asked to change anything, and after. What it refuses is not
  // done.
  std::function<Decided<void>(const keys::ledger::Entry&)> ledger;
  // Prints a drawn PIN for the holder, before the card gets it.
  std::function<Decided<void>(const keys::Pin&)> letter;
};

// One visit. Every operation first makes sure of people, card and register: a card of another holder (-22),
// one that is not genuine (-21), on the blacklist, reported lost or not the registered one is refused before
// any try is spent.
class Desk {
 public:
  Desk(const DeskParts& parts, const Operator& clerk, const Visitor& visitor)
      : parts_(parts), clerk_(clerk), visitor_(visitor) {}

  // A forgotten PIN: the policy's initial one again, or the holder's own. Until the card has confirmed, the
  // register says "reset", so that no power cut leaves an initial PIN that counts as changed.
  Decided<apdu::OwnedPhrase> reset_to_initial();
  Decided<apdu::OwnedPhrase> reset_to(const keys::Pin& pin, const keys::Pin& again);
  // A locked PIN that the holder knows.
  Decided<apdu::OwnedPhrase> unblock();
  // New PINs pass the policy before the card sees them. `old` is empty on a card without PIN.
  Decided<apdu::OwnedPhrase> change(const keys::Pin& old, const keys::Pin& pin, const keys::Pin& again);
  // The same for a card whose PIN is the initial one, and for no other.
  Decided<apdu::OwnedPhrase> first_use(const keys::Pin& old, const keys::Pin& pin, const keys::Pin& again);

 private:
  using EntryKind = keys::ledger::Kind;

  Decided<RegisteredCard> admit();
  Decided<void> compare(const CardIdentity& card, const RegisteredCard& row) const;
  Decided<void> compare_holder();
  Decided<void> check_new(const keys::Pin& pin, const keys::Pin& again, const keys::Pin& old) const;
  Decided<void> not_the_given_one(const keys::Pin& pin);
  Decided<void> enter(EntryKind kind, std::string_view note);
  template <class Work>
  Decided<apdu::OwnedPhrase> entered(EntryKind kind, const Work& work);
  Decided<void> reload(const RegisteredCard& row, const keys::Pin& pin, PinState after);
  Decided<RegisteredCard> write(const RegisteredCard& row, PinState state, simulator::store::PinEvent event);
  std::string now() const { return keys::to_text(parts_.clock()); }

  DeskParts parts_;
  Operator clerk_;
  Visitor visitor_;
};

}  // namespace ssc::conformance::desk
