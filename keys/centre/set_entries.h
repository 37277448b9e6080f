// One call for an entry about keys: a set made or changed, keys written to a carrier, with the check values
// of the keys it is about.
#pragma once

#include <span>

#include "keys/centre/centre.h"
#include "keys/key_set.h"

namespace ssc::keys::centre {

// Name, version and check value of each key.
std::vector<ledger::KeyCheck> checks_of(std::span<const NamedKey> keys);

// Who does it, and what for.
struct Doing {
  std::string who;
  std::string role;
  std::string purpose;
  std::string note;
};

// The entry that these keys came into being as a set (kCreate), were added to one or written to a carrier or
// machine (kLoad), or were used (kUse). Call it before the act.
Opened<ledger::Record> enter_keys(Centre& centre, ledger::Kind kind, const ledger::Subject& subject,
                                  std::span<const NamedKey> keys, const Doing& doing);

}  // namespace ssc::keys::centre
