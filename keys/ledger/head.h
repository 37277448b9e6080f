// The signed head: how many entries a ledger has and the newest one's hash, so that lines cut off at its end
// are missed. Private to this folder.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "keys/ledger/ledger_error.h"
#include "keys/sm2.h"

namespace ssc::keys::ledger {

class Chain;

struct Head {
  std::uint64_t entries = 0;
  Digest hash{};
  friend bool operator==(const Head&, const Head&) = default;
};

// "ledger.head" beside "ledger.jsonl".
std::filesystem::path head_file(const std::filesystem::path& ledger);

Kept<void> write_head(const std::filesystem::path& ledger, const std::string& centre, const Head& head,
                      const Sm2PrivateKey& key);
// No file is a head of no entries. Errors: kDamaged when it is not as it was written, not this centre's, or
// not signed by `key`.
Kept<Head> read_head(const std::filesystem::path& ledger, const std::string& centre, const Sm2PublicKey& key);

// Whether a whole chain and a head fit: they name the same newest entry, or the chain is one longer, as when
// the power failed between the two writes. Else why not, in one line.
enum class Fit : std::uint8_t { kSame, kOneBehind, kNot };
Fit fit(const Chain& chain, const Head& head);
std::string misfit(const Chain& chain, const Head& head);

}  // namespace ssc::keys::ledger
