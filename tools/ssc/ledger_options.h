// --centre DIR beside a command of `ssc keys`: what it does is entered in that centre's ledger, before it is
// done.
#pragma once

#include <optional>
#include <span>

#include "keys/centre/set_entries.h"
#include "tools/ssc/key_room.h"

namespace ssc::tools {

struct LedgerOptions {
  std::string folder;  // empty: nothing is entered
  std::string who;
  std::string role;
  std::string passphrase_file;  // of the centre
};
// --centre, --who, --role, --centre-passphrase-file.
void add_ledger_options(CLI::App& command, LedgerOptions& options);

class LedgerBook {
 public:
  // Refused: --centre without --who and --role; a centre that does not open.
  static Carried<LedgerBook> open(const LedgerOptions& options);

  bool is_kept() const { return centre_.has_value(); }
  // An entry with these check values; nothing where no centre was named. Refused as the Measures ask.
  Carried<void> enter(keys::ledger::Kind kind, const keys::ledger::Subject& subject,
                      std::vector<keys::ledger::KeyCheck> checks, const std::string& purpose);
  Carried<void> enter(keys::ledger::Kind kind, const keys::ledger::Subject& subject,
                      std::span<const keys::NamedKey> keys, const std::string& purpose) {
    return enter(kind, subject, keys::centre::checks_of(keys), purpose);
  }

 private:
  explicit LedgerBook(const LedgerOptions& options) : who_(options.who), role_(options.role) {}

  std::string who_;
  std::string role_;
  std::optional<keys::centre::Centre> centre_;
};

}  // namespace ssc::tools
