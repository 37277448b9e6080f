// What makes the lines of a ledger one chain: each names the hash of the one before. Private to this folder.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "keys/ledger/entry.h"

namespace ssc::keys::ledger {

// Follows the lines from the first on. Knows text, hashes, numbers and times; signatures are the caller's.
class Chain {
 public:
  explicit Chain(std::string centre) : centre_(std::move(centre)) {}

  // The next line. `fault` is empty when it belongs here; else why not, as the end of a sentence that begins
  // with the line. After a fault the chain goes on with what the line claims, so that one wrong line is one
  // fault.
  struct Taken {
    std::optional<Record> record = {};
    std::string fault = {};
  };
  Taken take(std::string_view line);

  std::uint64_t count() const { return count_; }
  const Digest& newest() const { return newest_; }
  // The hash before the newest; zeros when there is none.
  const Digest& before() const { return before_; }
  Time time() const { return time_; }

 private:
  std::string fault_of(const Record& record) const;

  std::string centre_;
  std::uint64_t count_ = 0;
  Digest newest_{};
  Digest before_{};
  Time time_{};
  bool sound_ = true;  // the last line had no fault: its hash can be relied on
};

}  // namespace ssc::keys::ledger
