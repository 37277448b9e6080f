// What a centre does with other centres: taking in their keys, and carriers with their slips (Measures art.
// 23, 24). Each writes its entry.
#pragma once

#include <vector>

#include "keys/centre/centre.h"
#include "keys/ledger/slip.h"

namespace ssc::keys::centre {

// Takes in another centre's public key, so that its slips are believed. A newer key of the same centre takes
// the older one's place. Who does it has compared the fingerprint with that centre by another way.
Opened<ledger::Record> trust(Centre& centre, const Introduction& introduction, const std::string& who,
                             const std::string& role);
// The centres taken in. A file that no entry of the ledger speaks of is an error (kDamaged).
Opened<std::vector<ledger::TrustedCentre>> trusted_centres(const Centre& centre);

// Takes in a carrier by the slip's text, and keeps its part of the slip in slips/.
Opened<ledger::Record> receive(Centre& centre, std::string_view slip, const ledger::Subject& carrier,
                               const ledger::Entry& entry);

// Issues a carrier or hands anything over.
struct Sent {
  ledger::Record record;
  std::string slip;  // what goes with a carrier to the next centre; empty for other things and third parties
};
Opened<Sent> send(Centre& centre, const ledger::Entry& entry);

}  // namespace ssc::keys::centre
