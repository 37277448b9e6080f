// A batch of cards from CSV: row by row, resumable, and cut into shards the same way on every machine.
#pragma once

#include <functional>

#include "simulator/issue/csv_reader.h"
#include "simulator/issue/issued_card.h"
#include "simulator/store/issue_log.h"

namespace ssc::simulator::issue {

struct BatchSettings {
  Encoding encoding = Encoding::kUtf8;
  std::size_t shard = 0;  // takes each shards-th row, counting rows from 0
  std::size_t shards = 1;
  std::uint64_t first_number = 1;  // of the first row; each row has its own, refused or not
};

struct BatchParts {
  store::IssueLog& log;
  keys::hsm::Machine& machine;
  // Gives the applicant a card for good: PIN, letter, card file, register. Called again for the same card
  // when the program ended in between; must then end the same. The error refuses the row.
  struct Undelivered {
    std::string why;
    bool stops = false;  // nothing can be delivered any more: the disk is full, the register broken
  };
  std::function<tl::expected<void, Undelivered>(const Applicant&, const IssuedCard&)> deliver;
  std::function<bool()> stop;                   // asked before each row
  std::function<void(std::uint64_t)> progress;  // rows of this shard that are done
};

struct BatchResult {
  std::uint64_t made = 0;     // now
  std::uint64_t refused = 0;  // now
  std::uint64_t done_before = 0;
  bool stopped = false;
};

// How many rows of the shard the file has, the header not counted.
std::uint64_t count_rows(std::istream& in, std::size_t shard, std::size_t shards);

// Error: one line; the header is none, or nothing can be delivered or written any more. What was done is
// kept.
tl::expected<BatchResult, std::string> run_batch(std::istream& in, const CardPattern& pattern,
                                                 const BatchSettings& settings, const BatchParts& parts);

}  // namespace ssc::simulator::issue
