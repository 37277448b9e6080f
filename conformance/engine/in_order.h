// Results made by several workers in any order, taken by one reader in the plan's order.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>

#include "conformance/engine/result.h"

namespace ssc::conformance {

// Holds at most `window` results that wait for an earlier one: memory does not grow with the plan.
class InOrder {
 public:
  explicit InOrder(std::size_t count, std::size_t window = 256) : count_(count), window_(window) {}

  // The next case to carry out; nothing when all are given out. Waits while too many results wait.
  std::optional<std::size_t> next_job();
  void put(std::size_t index, CaseResult result);
  // The result of each index in turn, from 0; waits for it.
  CaseResult take();

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  const std::size_t count_;
  const std::size_t window_;
  std::size_t given_ = 0;
  std::size_t taken_ = 0;
  std::map<std::size_t, CaseResult> waiting_;
};

}  // namespace ssc::conformance
