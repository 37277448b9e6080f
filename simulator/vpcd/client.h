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
  std::uint16_t port = kFirstPort;  // listening: 0 takes a free one, and the kWaiting event names it
  bool listen = false;
  core::SmartCard* card = nullptr;
  std::string name;  // "card", "psam": for events
  bool quick_ack =
      true;  // false costs the kernel's delayed ACK (44 ms) a command: to measure what it is worth
};

// How long to wait; shorter in tests.
struct Timing {
  std::chrono::milliseconds retry{300};     // between two tries to connect
  std::chrono::milliseconds silence{2000};  // connected and nothing heard: another card has the slot
  std::chrono::milliseconds away{1000};  // a card that left stays away so long, else pcscd may not see it go
};

// kWaiting, kTaken and kFailed are told once, until a reader is heard again.
//   kWaiting: nobody listens there, or nobody has come yet      kConnected: a reader was heard
//   kTaken: connected but silent; stays in the queue            kPowered, kReset, kPoweredOff: what the
//   reader did kLost: the connection is gone, and power with it            kFailed: cannot be as asked; tries
//   again all the same
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
  // From the first byte of a message heard to its answer written, over the latest ones; 0: none yet. A
  // reader's split writes show here.
  std::chrono::nanoseconds median_answer{};
  std::chrono::nanoseconds median_atr_answer{};
};

class Client {
 public:
  // Events come from the thread that runs the client.
  Client(std::vector<SlotConfig> slots, std::function<void(const Event&)> on_event,
         const Timing& timing = {});
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // Serves until stop(), on the caller's thread, once; then all cards are without power. Nothing is thrown.
  void run() noexcept;
  // From any thread, also before run().
  void stop();

  // Swaps the card in a slot between two commands; on return the old card has lost power and is not used any
  // more. A reader sees the card leave and, after at least `away`, return, unless `quietly` (for a reader
  // that has power off: it finds the new card when it next asks). From any thread, also without run(); not
  // from an event.
  void replace_card(std::size_t slot, core::SmartCard* card, bool quietly);
  // Takes a card out and puts it back (after at least `away`). From any thread; they take effect soon.
  void remove(std::size_t slot);
  void insert(std::size_t slot);

  SlotStatistics statistics(std::size_t slot) const;
  // A reader has been heard, and is still there.
  bool connected(std::size_t slot) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace ssc::simulator::vpcd
