// Whether a ledger is what was written, line by line; and mending what a power cut left.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "keys/ledger/ledger.h"

namespace ssc::keys::ledger {

// An entry that somebody noted elsewhere: its number and hash. A ledger that is put back whole to an older
// state, head and all, is found by this alone.
struct Noted {
  std::uint64_t number = 0;
  Digest hash{};
};
// "12:A1B2…": number, colon, 64 hexadecimal digits.
std::optional<Noted> parse_noted(std::string_view text);
std::string to_text(const Noted& noted);

struct Fault {
  std::uint64_t line = 0;  // 0: the ledger as a whole, or its head
  std::string what;        // the end of a sentence that begins with the line: "was changed: …"
};

struct Verdict {
  Noted newest;               // what to note
  std::vector<Fault> faults;  // empty: all is as it was written; at most kMostFaults
  bool head_behind = false;   // the power failed between line and head: the next entry sets it right
};
inline constexpr std::size_t kMostFaults = 20;

// Checks form, chain, signature and rules of every line, the head, and the noted entry if there is one. The
// public key should come from elsewhere than the folder. Error kFile: it cannot be read.
Kept<Verdict> verify(const std::filesystem::path& file, const Owner& owner, const Sm2PublicKey& key,
                     const std::optional<Noted>& noted = {});

// Gives every record in order, until `take` returns false. Checks the form of the lines alone: what is shown
// is not verified. Error kDamaged: a line that cannot be read, by its number.
Kept<void> read_records(const std::filesystem::path& file, const std::function<bool(const Record&)>& take);

// Mends a last line without an end: ends it when it is whole and signed, else cuts it off. Gives how many
// bytes were cut off; 0 when there was nothing to do or the line was whole. Error kDamaged: the head names
// that line, so that it was whole once; or a line before it has a fault.
Kept<std::uint64_t> mend(const std::filesystem::path& file, const Owner& owner, const Sm2PublicKey& key);

}  // namespace ssc::keys::ledger
