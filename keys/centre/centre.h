// A centre: the folder in which ministry, province or city keeps its key sets, carriers, machines and custody
// ledger. Layout and centre.xml: README.md.
#pragma once

#include "keys/centre/centre_error.h"
#include "keys/centre/centre_paths.h"
#include "keys/centre/centre_record.h"
#include "keys/ledger/ledger.h"
#include "keys/storage/storage_record.h"

namespace ssc::keys::centre {

// What everybody may know of a centre, without opening anything: for whoever only shows or verifies.
struct OpenFace {
  CentreRecord record;
  CentrePaths paths;
  Sm2PublicKey key;

  Introduction introduction() const { return {record.identity, key}; }
};
Opened<OpenFace> read_open_face(const fs::path& folder);

// A centre to be made.
struct CentrePlan {
  Identity identity;
  bool lab = false;
  std::string who;   // of the ledger's first entry
  std::string role;  // likewise
  unsigned cost = storage::kUsualCost;
};

class Centre {
 public:
  // Makes the folder (0700), the SM2 key pair, the ledger with its first entry, and last centre.xml. A
  // passphrase exactly when it is no lab. Errors: the folder has something in it, the identity is none.
  static Opened<Centre> make(const fs::path& folder, const CentrePlan& plan,
                             const storage::SecretBytes* passphrase, Clock clock = system_clock());
  // Unlocks the storage key, opens the private key, reads the ledger through.
  static Opened<Centre> open(const fs::path& folder, const storage::Access& access = {},
                             Clock clock = system_clock());

  const Identity& identity() const { return record_.identity; }
  const CentreRecord& record() const { return record_; }
  const CentrePaths& paths() const { return paths_; }
  const storage::StorageKey& storage_key() const { return key_; }
  ledger::Ledger& ledger() { return ledger_; }
  const ledger::Ledger& ledger() const { return ledger_; }

 private:
  Centre(CentreRecord record, CentrePaths paths, storage::StorageKey key, ledger::Ledger ledger);
  CentreRecord record_;
  CentrePaths paths_;
  storage::StorageKey key_;
  ledger::Ledger ledger_;
};

}  // namespace ssc::keys::centre
