#include "simulator/vpcd/latencies.h"

#include <gtest/gtest.h>

namespace ssc::simulator::vpcd {
namespace {

using std::chrono::nanoseconds;

TEST(Latencies, HasNoMedianOfNothing) { EXPECT_EQ(Latencies().median(), nanoseconds(0)); }

TEST(Latencies, TakesTheMiddleOne) {
  Latencies latencies;
  for (const int value : {9, 1, 1000000}) latencies.add(nanoseconds(value));
  EXPECT_EQ(latencies.median(), nanoseconds(9));
}

TEST(Latencies, ForgetsTheOldest) {
  Latencies latencies;
  for (std::size_t i = 0; i < Latencies::kKept; ++i) latencies.add(nanoseconds(1));
  for (std::size_t i = 0; i < Latencies::kKept; ++i) latencies.add(nanoseconds(2));
  EXPECT_EQ(latencies.median(), nanoseconds(2));
}

}  // namespace
}  // namespace ssc::simulator::vpcd
