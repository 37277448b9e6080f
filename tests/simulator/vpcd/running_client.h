// A client on a thread of its own, with waits of milliseconds, and what it told.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "simulator/vpcd/client.h"
#include "tests/simulator/vpcd/fake_vpcd.h"

namespace ssc::simulator::vpcd::test {

inline constexpr Timing kFast{.retry = std::chrono::milliseconds(5),
                              .silence = std::chrono::milliseconds(50),
                              .away = std::chrono::milliseconds(100)};

class RunningClient {
 public:
  explicit RunningClient(SlotConfig slot) : RunningClient(std::vector<SlotConfig>{std::move(slot)}) {}
  explicit RunningClient(std::vector<SlotConfig> slots)
      : client_(
            std::move(slots), [this](const Event& event) { take(event); }, kFast),
        thread_([this] { client_.run(); }) {}
  ~RunningClient() { stop(); }

  Client& operator*() { return client_; }
  Client* operator->() { return &client_; }

  void stop() {
    client_.stop();
    if (thread_.joinable()) thread_.join();
  }

  // Waits until the event was told so many times.
  bool told(EventKind kind, std::ptrdiff_t times = 1) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, kLimit, [&] { return count(kind) >= times; });
  }
  std::ptrdiff_t times(EventKind kind) {
    const std::lock_guard lock(mutex_);
    return count(kind);
  }
  // Of the latest event of that kind; "" if there is none.
  std::string text(EventKind kind) {
    const std::lock_guard lock(mutex_);
    const auto found =
        std::find_if(events_.rbegin(), events_.rend(), [kind](const Event& e) { return e.kind == kind; });
    return found == events_.rend() ? "" : found->text;
  }

 private:
  void take(const Event& event) {
    const std::lock_guard lock(mutex_);
    events_.push_back(event);
    changed_.notify_all();
  }
  std::ptrdiff_t count(EventKind kind) const {
    return std::ranges::count_if(events_, [kind](const Event& event) { return event.kind == kind; });
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Event> events_;
  Client client_;
  std::thread thread_;
};

}  // namespace ssc::simulator::vpcd::test
