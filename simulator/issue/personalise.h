// From a blank card to a card in use, by APDU, in the order of Part 10 §5.2.
#pragma once

#include "simulator/issue/perso_session.h"
#include "simulator/profile/model.h"

namespace ssc::simulator::issue {

struct IssueKeys {
  keys::Key transport;  // the blank card's
  keys::Key temporary;  // guards the structure while it is made
  keys::Key master;     // this card's own, loaded last
};

// Makes the blank card behind the channel, which has power, into the card of the model. The keys it loads are
// those of the model, already diversified. After an error the card may be made anew (delete_structure) unless
// its master key was replaced already.
tl::expected<void, IssueError> personalise(apdu::Channel& card, const profile::CardModel& model,
                                           const IssueKeys& keys);

// Takes the structure off a card that was begun: it is blank again, with its transport key.
tl::expected<void, IssueError> delete_structure(apdu::Channel& card, const keys::Key& temporary);

}  // namespace ssc::simulator::issue
