// What a command wants to change. Handlers propose; the dispatcher commits once, whatever the status word.
#pragma once

#include <span>
#include <vector>

#include "keys/random.h"
#include "simulator/core/cell.h"
#include "simulator/core/session.h"
#include "simulator/core/store.h"

namespace ssc::simulator::core {

class Transaction {
 public:
  Transaction(Store& store, keys::Random& random) : store_(store), random_(random) {}

  // Starts anew from the state before the command. Buffers are kept, so that a running card touches no heap.
  void begin(const Session& before);

  // Volatile changes: edit the session that will hold after the command.
  Session& session() { return after_; }
  // Persistent change of one cell; the bytes are copied. The last change of a cell wins.
  void put(CellId id, ByteView value);
  // The same with `patch` written over `value` from `offset`. Precondition: it fits.
  void put_patched(CellId id, ByteView value, std::size_t offset, ByteView patch);
  void fill_random(std::span<std::uint8_t> out) { random_.fill(out); }

  // Lowers a retry counter from `tries` (> 0) to tries − 1 in the store, now, before the comparison it
  // guards, so that no power cut gives a try back. False when the store failed: nothing may be compared then.
  bool spend_try(CellId counter, unsigned tries);

  // Whether a change says what files and keys there are.
  bool changes_structure() const;
  // Writes the persistent changes. False: none was written.
  bool commit();

 private:
  struct Pending {
    CellId id;
    std::size_t offset;
    std::size_t size;
  };
  Store& store_;
  keys::Random& random_;
  Session after_;
  std::vector<Pending> pending_;
  Bytes arena_;
  std::vector<Change> changes_;
};

}  // namespace ssc::simulator::core
