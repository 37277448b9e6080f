// Why something cannot be done in a centre.
#pragma once

#include <cstdint>
#include <string>
#include <tl/expected.hpp>

#include "keys/ledger/ledger_error.h"
#include "keys/storage/storage_error.h"

namespace ssc::keys::centre {

struct CentreError {
  enum class Kind : std::uint8_t {
    kBadInput,  // a name, area, entry or file that is none; a folder that is no centre; no or a wrong
                // passphrase
    kRefused,   // by a rule of the ledger
    kDamaged,   // the ledger or a key is not what was written
    kFile,      // the operating system refused
  };
  Kind kind = Kind::kFile;
  std::string what;  // one line; holds no secret
};

template <class T>
using Opened = tl::expected<T, CentreError>;

CentreError error_of(const ledger::LedgerError& error);
CentreError error_of(const storage::StorageError& error);

}  // namespace ssc::keys::centre
