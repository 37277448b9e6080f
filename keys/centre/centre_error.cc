#include "keys/centre/centre_error.h"

namespace ssc::keys::centre {

CentreError error_of(const ledger::LedgerError& error) {
  using From = ledger::LedgerError::Kind;
  constexpr CentreError::Kind kKinds[] = {CentreError::Kind::kRefused, CentreError::Kind::kBadInput,
                                          CentreError::Kind::kDamaged, CentreError::Kind::kDamaged,
                                          CentreError::Kind::kFile};
  static_assert(static_cast<int>(From::kRefused) == 0 && static_cast<int>(From::kFile) == 4);
  return {kKinds[static_cast<int>(error.kind)], error.what};
}

CentreError error_of(const storage::StorageError& error) {
  using From = storage::StorageError::Kind;
  constexpr CentreError::Kind kKinds[] = {CentreError::Kind::kBadInput, CentreError::Kind::kDamaged,
                                          CentreError::Kind::kFile};
  static_assert(static_cast<int>(From::kNoAccess) == 0 && static_cast<int>(From::kFile) == 2);
  return {kKinds[static_cast<int>(error.kind)], error.what};
}

}  // namespace ssc::keys::centre
