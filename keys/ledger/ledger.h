// The custody ledger of one centre: an append-only file of signed records, each chained to the one before,
// with a small signed head beside it that names the newest. Format and rules: README.md.
#pragma once

#include <filesystem>
#include <memory>

#include "keys/ledger/entry.h"
#include "keys/ledger/ledger_error.h"

namespace ssc::keys::ledger {

class CheckedSlip;
class Holdings;

// Whose ledger it is. The ministry's own centre makes and issues carriers; every other receives them
// (art. 23).
struct Owner {
  std::string centre;
  bool ministry = false;
};

class Ledger {
 public:
  // A new ledger with its first record, the centre's opening by `who` in `role`. Error kFile: there is one.
  static Kept<Ledger> create(const std::filesystem::path& file, Owner owner, Sm2PrivateKey key, Clock clock,
                             const Entry& opening);
  // Reads it through: chain, head and the state of every carrier. Errors kDamaged, kTorn, kFile.
  static Kept<Ledger> open(const std::filesystem::path& file, Owner owner, Sm2PrivateKey key, Clock clock);

  Ledger(Ledger&&) noexcept;
  Ledger& operator=(Ledger&&) noexcept;
  ~Ledger();

  // Checks the entry against the rules and writes it: the whole line is on disk when this returns, or nothing
  // of it. Takes in first what other processes have appended. Waits up to ten seconds for the file.
  Kept<Record> append(const Entry& entry);
  // The receipt of a carrier, which no append() takes: by a slip that shows the ministry's issue (art. 23).
  // Fills in subject, `from` and `slip`.
  Kept<Record> receive(const CheckedSlip& slip, Entry entry);

  // Where every carrier, set and machine is, as of the newest record read.
  const Holdings& holdings() const;

 private:
  struct State;
  explicit Ledger(std::unique_ptr<State> state);
  Kept<Record> append_any(const Entry& entry);
  std::unique_ptr<State> state_;
};

}  // namespace ssc::keys::ledger
