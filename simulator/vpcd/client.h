// Virtual cards in vpcd's slots: connects to vpcd (or waits for it), speaks its wire, keeps the cards in.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "simulator/core/smart_card.h"

namespace ssc::simulator::vpcd {

inline constexpr std::uint16_t kFirstPort = 35963;  // slot n listens on kFirstPort + n

// One slot: where vpcd listens (or where we listen for it) and the card in it. The card outlives the client.
struct SlotConfig {
  std::string host = "127.0.0.1";
  std::uint16_t port = kFirstPort;
  bool listen = false;
  core::SmartCard* card = nullptr;
  std::string name;  // "card", "psam": for events
};

enum class EventKind : std::uint8_t {
  kWaiting,
  kConnected,
  kTaken,
  kPowered,
  kReset,
  kPoweredOff,
  kLost,
  kFailed
};

struct Event {
  EventKind kind;
  std::size_t slot;
  std::string text;  // one line for a person
};

struct SlotStatistics {
  std::uint64_t commands = 0;
  std::uint64_t atr_polls = 0;
  std::chrono::nanoseconds median_answer{};  // from a whole command read to its answer written
};

class Client {
 public:
  // Events come from the thread that runs the client.
  Client(std::vector<SlotConfig> slots, std::function<void(const Event&)> on_event);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // Serves until stop(); the caller's thread.
  void run();
  // From any thread or a signal handler's helper; run() returns soon.
  void stop();

  // Swaps the card in a slot; takes effect between two commands. The old card is told power is gone; a reader
  // that has power on sees the card leave and, after at least a second, return, unless `quietly` (the reader
  // has power off).
  void replace_card(std::size_t slot, core::SmartCard* card, bool quietly);
  // Takes a card out and puts it back (after at least a second away, else pcscd may not see it).
  void remove(std::size_t slot);
  void insert(std::size_t slot);

  SlotStatistics statistics(std::size_t slot) const;
  bool connected(std::size_t slot) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace ssc::simulator::vpcd
