// Where every carrier, key set and machine of a centre is, as its ledger tells it.
#pragma once

#include <map>
#include <set>

#include "keys/ledger/entry.h"

namespace ssc::keys::ledger {

enum class Whereabouts : std::uint8_t {
  kHere,  // the centre has it
  kOut,   // issued or handed over, and not back yet
  kGone,  // given back to where it came from
  kDestroyed,
};

struct Holding {
  Whereabouts where = Whereabouts::kHere;
  std::string with = {};   // kOut, kGone: who has it
  std::string place = {};  // from the newest entry that stored it since it came here; empty: not stored yet
  std::string keeper = {};
  std::string certificate = {};  // of a machine
  std::string valid_until = {};  // likewise; empty: none is known
  bool lab = false;              // likewise
  std::uint64_t since = 0;       // the entry that brought it where it is
};

class Holdings {
 public:
  // nullptr: no entry names it.
  const Holding* find(const Subject& subject) const;
  // Whether a carrier came here by this slip before.
  bool knows_slip(const std::string& slip) const { return slips_.contains(slip); }
  const std::map<Subject, Holding>& all() const { return all_; }
  // The note of the newest entry by which that centre's key was taken in; "" when there is none.
  std::string trust_in(const std::string& centre) const;

  // Precondition: the record keeps the rules.
  void apply(const Record& record);

 private:
  std::map<Subject, Holding> all_;
  std::set<std::string> slips_;
  std::map<std::string, std::string> trusted_;
};

}  // namespace ssc::keys::ledger
