// One piece of work out of several that other machines do.
#pragma once

#include <cstddef>
#include <string>
#include <tl/expected.hpp>

namespace ssc::tools {

struct Shard {
  std::size_t index = 0;  // from 0
  std::size_t count = 1;

  bool takes(std::size_t item) const { return item % count == index; }
};

// "I/N" as an option gives it; an empty one takes what the engine around this program says: Bazel's
// TEST_SHARD_INDEX and TEST_TOTAL_SHARDS, GoogleTest's GTEST_SHARD_INDEX and GTEST_TOTAL_SHARDS, and touches
// the status file they name, which tells them that shards are honoured. Without any, the whole. The error is
// one line that says how to mend it.
tl::expected<Shard, std::string> read_shard(const std::string& option);

}  // namespace ssc::tools
