#include "tools/ssc/shard.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

namespace ssc::tools {
namespace {

class Environment : public ::testing::Test {
 protected:
  void SetUp() override { forget(); }
  void TearDown() override { forget(); }
  static void set(const char* name, const std::string& value) { ::setenv(name, value.c_str(), 1); }

 private:
  static void forget() {
    for (const char* name : {"TEST_SHARD_INDEX", "TEST_TOTAL_SHARDS", "TEST_SHARD_STATUS_FILE",
                             "GTEST_SHARD_INDEX", "GTEST_TOTAL_SHARDS", "GTEST_SHARD_STATUS_FILE"})
      ::unsetenv(name);
  }
};

TEST_F(Environment, TheWholeWhenNobodySaysOtherwise) {
  const auto shard = read_shard("");
  ASSERT_TRUE(shard);
  EXPECT_EQ(shard->count, 1U);
  EXPECT_TRUE(shard->takes(0) && shard->takes(7));
}

TEST_F(Environment, AnOptionNamesIndexAndCount) {
  const auto shard = read_shard("2/5");
  ASSERT_TRUE(shard);
  EXPECT_EQ(shard->index, 2U);
  EXPECT_TRUE(shard->takes(7));
  EXPECT_FALSE(shard->takes(8));
}

TEST_F(Environment, WhatIsNoShardIsRefusedInOneLine) {
  for (const char* text : {"5/5", "/3", "1/", "1", "a/2", "1/0", "-1/2", "1/2/3", "99999999999999999999/3"}) {
    const auto shard = read_shard(text);
    ASSERT_FALSE(shard) << text;
    EXPECT_EQ(shard.error(), "--shard " + std::string(text) + ": write I/N, with I from 0 to N-1");
  }
}

// bazel.build/reference/test-encyclopedia, "Test sharding"; GoogleTest's advanced guide, "Distributing
// tests".
TEST_F(Environment, BazelAndGoogleTestAreHonoured) {
  const std::string status = ::testing::TempDir() + "/shard_status_" + std::to_string(::getpid());
  set("GTEST_SHARD_INDEX", "1");
  set("GTEST_TOTAL_SHARDS", "4");
  set("GTEST_SHARD_STATUS_FILE", status);
  EXPECT_EQ(read_shard("")->count, 4U);
  EXPECT_TRUE(std::filesystem::remove(status));
  set("TEST_SHARD_INDEX", "0");
  set("TEST_TOTAL_SHARDS", "2");
  EXPECT_EQ(read_shard("")->count, 2U);
  EXPECT_EQ(read_shard("0/9")->count, 9U);
  set("TEST_SHARD_INDEX", "2");
  EXPECT_EQ(read_shard("").error(),
            "TEST_SHARD_INDEX/TEST_TOTAL_SHARDS=2/2: write I/N, with I from 0 to N-1");
}

}  // namespace
}  // namespace ssc::tools
