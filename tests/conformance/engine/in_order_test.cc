#include "conformance/engine/in_order.h"

#include <gtest/gtest.h>

#include <thread>

namespace ssc::conformance {
namespace {

CaseResult named(std::size_t index) {
  CaseResult result;
  result.card = std::to_string(index);
  return result;
}

TEST(InOrder, GivesResultsInTheOrderOfTheirIndex) {
  InOrder results(3);
  for (const std::size_t index : {2U, 0U, 1U}) results.put(index, named(index));
  for (const char* card : {"0", "1", "2"}) EXPECT_EQ(results.take().card, card);
}

TEST(InOrder, GivesEachJobOnceAndThenNone) {
  InOrder results(2);
  EXPECT_EQ(results.next_job(), 0U);
  EXPECT_EQ(results.next_job(), 1U);
  EXPECT_FALSE(results.next_job());
}

TEST(InOrder, WorkersNeverRunFurtherAheadThanTheWindow) {
  constexpr std::size_t kCases = 200;
  constexpr std::size_t kWindow = 3;
  InOrder results(kCases, kWindow);
  std::atomic<std::size_t> taken = 0;
  std::atomic<bool> too_far = false;
  std::vector<std::jthread> workers;
  for (int i = 0; i < 4; ++i) {
    workers.emplace_back([&] {
      while (const auto job = results.next_job()) {
        if (*job >= taken + kWindow + 1) too_far = true;  // `taken` lags by the one being taken
        results.put(*job, named(*job));
      }
    });
  }
  for (std::size_t i = 0; i < kCases; ++i, ++taken) ASSERT_EQ(results.take().card, std::to_string(i));
  EXPECT_FALSE(too_far);
}

}  // namespace
}  // namespace ssc::conformance
