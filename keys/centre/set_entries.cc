#include "keys/centre/set_entries.h"

#include <algorithm>
#include <iterator>

#include "keys/standard.h"

namespace ssc::keys::centre {

std::vector<ledger::KeyCheck> checks_of(std::span<const NamedKey> keys) {
  std::vector<ledger::KeyCheck> checks;
  checks.reserve(keys.size());
  std::ranges::transform(keys, std::back_inserter(checks), [](const NamedKey& key) {
    return ledger::KeyCheck{key.name, key.version, check_value(key.value)};
  });
  return checks;
}

Opened<ledger::Record> enter_keys(Centre& centre, ledger::Kind kind, const ledger::Subject& subject,
                                  std::span<const NamedKey> keys, const Doing& doing) {
  ledger::Entry entry;
  entry.kind = kind;
  entry.subject = subject;
  entry.who = doing.who;
  entry.role = doing.role;
  entry.purpose = doing.purpose;
  entry.note = doing.note;
  entry.checks = checks_of(keys);
  auto record = centre.ledger().append(entry);
  if (!record) return tl::unexpected(error_of(record.error()));
  return *std::move(record);
}

}  // namespace ssc::keys::centre
