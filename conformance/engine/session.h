// One case's way to its card and PSAM: sends, completes T=0, masks, keeps every exchange, and never lets a
// foreign card be locked by accident.
#pragma once

#include <array>
#include <chrono>
#include <functional>

#include "apdu/mask.h"
#include "conformance/engine/last_try_guard.h"
#include "conformance/engine/result.h"
#include "conformance/engine/target.h"
#include "conformance/expression/evaluate.h"
#include "simulator/profile/glossary.h"

namespace ssc::conformance {

// Why a case cannot go on.
struct Stop {
  Verdict verdict = Verdict::kError;
  std::string reason;
  bool whole_run = false;  // no further case may run
};

// The final answer, after GET RESPONSE and repetition.
struct Answer {
  Bytes data;
  apdu::StatusWord status;
  std::uint64_t took_us = 0;  // in the channel, all exchanges together; real time, whatever the clock says
};

class Session {
 public:
  struct Slot {
    apdu::Channel* channel = nullptr;  // null: this run has none
    LastTryGuard* guard = nullptr;     // null: the card is ours, or destroying it is allowed
    const CardModel* model = nullptr;  // names files and keys; null: nothing is named. Outlives the session
  };
  using Clock = std::function<std::uint64_t()>;  // microseconds

  Session(const Slot& card, const Slot& psam, Clock clock)
      : slots_{State(card), State(psam)}, clock_(std::move(clock)) {}

  bool has(apdu::Slot slot) const { return at(slot).channel != nullptr; }
  const CardModel* model(apdu::Slot slot) const { return at(slot).model; }

  // One command and what it brings with it; every exchange is added to `log`. Unless `raw`, 61xx is followed
  // by GET RESPONSE and 6Cxx by the same command with Le xx. A slot without power is powered first.
  tl::expected<Answer, Stop> send(apdu::Slot slot, const Rendered& command, bool raw,
                                  std::vector<Exchange>& log);
  // The ATR; empty after power-off.
  tl::expected<Bytes, Stop> power(apdu::Slot slot, Power::Action action, std::vector<Exchange>& log);

 private:
  struct State : Slot {
    explicit State(const Slot& slot) : Slot(slot) {
      if (model) glossary.emplace(*model);
    }
    bool powered = false;
    std::optional<simulator::profile::Glossary> glossary;
  };

  State& at(apdu::Slot slot) { return slots_[static_cast<std::size_t>(slot)]; }
  const State& at(apdu::Slot slot) const { return slots_[static_cast<std::size_t>(slot)]; }
  // Names what the exchange is about and adds it to the log.
  void keep(Exchange event, std::vector<Exchange>& log);
  std::optional<Stop> guard(apdu::Slot slot, ByteView command, std::vector<Exchange>& log);
  tl::expected<apdu::Response, Stop> exchange(apdu::Slot slot, const Rendered& command, std::string note,
                                              std::vector<Exchange>& log);

  std::array<State, 2> slots_;
  Clock clock_;
  std::chrono::steady_clock::duration waited_{};  // for answers, since a command began
  apdu::Masker masker_;
};

// The name of a command as the catalogue has it, "SELECT"; "?" when it has none.
std::string command_name(apdu::Slot slot, ByteView command);

}  // namespace ssc::conformance
