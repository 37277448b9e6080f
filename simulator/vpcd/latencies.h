// The latest durations of something that happens often, and their median.
#pragma once

#include <algorithm>
#include <chrono>
#include <vector>

namespace ssc::simulator::vpcd {

class Latencies {
 public:
  static constexpr std::size_t kKept = 1024;

  void add(std::chrono::nanoseconds duration) {
    if (latest_.size() < kKept) return latest_.push_back(duration);
    latest_[next_] = duration;
    next_ = (next_ + 1) % kKept;
  }
  // Of the latest kKept; 0 when there is none.
  std::chrono::nanoseconds median() const {
    if (latest_.empty()) return {};
    auto sorted = latest_;
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::ranges::nth_element(sorted, middle);
    return *middle;
  }

 private:
  std::vector<std::chrono::nanoseconds> latest_;
  std::size_t next_ = 0;
};

}  // namespace ssc::simulator::vpcd
