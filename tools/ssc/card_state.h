// A card file with what was written to the card since: what `ssc card` and `ssc serve --state` share.
#pragma once

#include <memory>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "simulator/core/card_view.h"
#include "simulator/profile/model.h"
#include "simulator/store/state_file.h"
#include "tools/ssc/complaint.h"

namespace ssc::tools {

// The name under which a folder keeps a card's state: DIR/card.db, DIR/psam.db, DIR/carrier.db.
std::string state_name(simulator::profile::Kind kind);

// A card file as it can be found again from any folder: an absolute path, or a built-in name as it is.
std::string lasting_name(const std::string& path_or_name);

// A card as it lies there, held against other processes when it has a state.
struct LyingCard {
  simulator::profile::CardModel model;
  std::shared_ptr<const simulator::core::Image> image;
  std::unique_ptr<simulator::core::Store> store;
  std::string state;  // DIR/card.db; empty: as its card file says
};

// Opens sealed key sets and states. Empty: only the lab's.
using Access = keys::storage::Access;

// The card file alone; with `state`, a folder, also what was written to the card.
tl::expected<LyingCard, Complaint> open_card(const std::string& file, const std::string& state = {},
                                             const Access& access = {});
std::vector<LyingCard> only(LyingCard card);
// Every card that a state folder keeps, with the card file each was made from.
tl::expected<std::vector<LyingCard>, Complaint> open_folder(const std::string& folder,
                                                            const Access& access = {});
// A card file, a built-in name or a state folder.
tl::expected<std::vector<LyingCard>, Complaint> open_any(const std::string& where, const Access& access = {});

// What a state file answers, with its exit status: 2 when the passphrase is missing or wrong, else 3.
Complaint complaint_of(const simulator::store::StateError& error);

}  // namespace ssc::tools
