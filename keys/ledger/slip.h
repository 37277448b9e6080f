// The slip that goes with a carrier: the ledger lines by which it was issued and handed on, each signed by
// the centre that wrote it. By it the next centre takes the carrier in (art. 23).
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "keys/ledger/entry.h"
#include "keys/ledger/ledger_error.h"

namespace ssc::keys::ledger {

// A centre whose signature is believed.
struct TrustedCentre {
  std::string name;
  bool ministry = false;
  Sm2PublicKey key;
};

// The line of a slip, with its end, for a record that issues a carrier or hands it over.
std::string slip_line(const Record& record);

// A carrier's way here, shown to be whole: issued by the ministry to A, handed over by A to B, …, to this
// centre.
class CheckedSlip {
 public:
  // Looks for `subject` in the slip's text, which may be about several carriers. Error kRefused: no such way
  // (art. 23), a line that was changed, a signature that is not the centre's named; kBadEntry: no slip.
  static Kept<CheckedSlip> check(std::string_view text, const Subject& subject,
                                 const std::string& this_centre, std::span<const TrustedCentre> trusted);

  const Subject& subject() const { return subject_; }
  const std::string& from() const { return from_; }  // the centre of the last line
  const Digest& hash() const { return hash_; }       // of the last line's record
  // The lines about this carrier: the beginning of the slip with which it goes on.
  const std::string& lines() const { return lines_; }

 private:
  CheckedSlip() = default;
  Subject subject_;
  std::string from_;
  Digest hash_{};
  std::string lines_;
};

// The carriers that a slip is about, each once, in its order. Error kBadEntry: no slip.
Kept<std::vector<Subject>> subjects_of(std::string_view slip);

}  // namespace ssc::keys::ledger
