// What `ssc issue` was asked to do.
#pragma once

#include <cstdint>
#include <string>

namespace ssc::tools {

struct IssueArguments {
  std::string batch;   // CSV file; empty: `one`
  std::string one;     // a single row
  std::string out;     // folder; empty in a centre: its own
  std::string centre;  // folder; empty: none
  std::string who;
  std::string role;
  std::string passphrase_file;
  std::string policy;
  std::string like = "sample-3.00";
  std::string key_set;  // empty: that of `like`
  std::string machine;  // record; empty: the key set in software, a lab set only
  std::string encoding = "utf-8";
  std::string district = "A";
  std::uint64_t start = 1;
  std::string issue_date;  // YYYYMMDD; empty: today
  unsigned years = 10;     // of validity
  std::string shard;
  bool letters_done = false;
};

int issue_batch(const IssueArguments& arguments);
int wipe_letters(const IssueArguments& arguments);

}  // namespace ssc::tools
