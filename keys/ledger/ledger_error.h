// What a custody ledger answers instead of doing it.
#pragma once

#include <cstdint>
#include <string>
#include <tl/expected.hpp>

namespace ssc::keys::ledger {

struct LedgerError {
  enum class Kind : std::uint8_t {
    kRefused,   // a rule says no: `what` names the article, what is missing, and the option that mends it
    kBadEntry,  // no entry could look like this: a field is missing, too long, not UTF-8, or holds what it
                // must not
    kDamaged,   // the ledger is not what was written: `what` names the line
    kTorn,      // its last line was not written whole (a power cut); `ssc keys ledger mend` sets it right
    kFile,      // the operating system refused, or another process holds it for too long
  };
  Kind kind = Kind::kFile;
  std::string what;  // one line; holds no secret
};

template <class T>
using Kept = tl::expected<T, LedgerError>;

}  // namespace ssc::keys::ledger
