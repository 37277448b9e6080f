#include "conformance/engine/in_order.h"

namespace ssc::conformance {

std::optional<std::size_t> InOrder::next_job() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return given_ == count_ || given_ < taken_ + window_; });
  if (given_ == count_) return std::nullopt;
  return given_++;
}

void InOrder::put(std::size_t index, CaseResult result) {
  const std::lock_guard lock(mutex_);
  waiting_.emplace(index, std::move(result));
  changed_.notify_all();
}

CaseResult InOrder::take() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return waiting_.contains(taken_); });
  auto node = waiting_.extract(taken_++);
  changed_.notify_all();
  return std::move(node.mapped());
}

}  // namespace ssc::conformance
