// Where the cards of a run come from: the pair in this process, through vpcd, or a reader with someone else's
// card.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "apdu/channel.h"
#include "simulator/profile/model.h"

namespace ssc::conformance {

// Inner state of a virtual card, for <xray>. Nothing: this card cannot tell.
class InnerState {
 public:
  virtual ~InnerState() = default;
  // `of`: "PIN" or a key's name.
  virtual std::optional<unsigned> tries_left(std::string_view of) const = 0;
  virtual std::optional<bool> authenticated(std::string_view of) const = 0;
  // All that was proved: "PIN UK1DF01", the PIN first; empty: nothing.
  virtual std::optional<std::string> security() const { return std::nullopt; }
  // "DF01", and "EF05" of the current DF; empty: no EF is current.
  virtual std::optional<std::string> current_df() const { return std::nullopt; }
  virtual std::optional<std::string> current_ef() const { return std::nullopt; }
  // The version, or group, of a key that the card would use now.
  virtual std::optional<unsigned> key_version(std::string_view) const { return std::nullopt; }
  // Commits to the memory since the card was made.
  virtual std::optional<unsigned> writes() const { return std::nullopt; }
  // Whether a challenge waits to be used.
  virtual std::optional<bool> challenge() const { return std::nullopt; }
};

// Takes a virtual card's power away in the middle of a command.
class PowerCut {
 public:
  virtual ~PowerCut() = default;
  // From now on, at this half of a single write to the memory: 1 before the first, 2 within it, 3 before the
  // second …
  virtual void at_half_write(unsigned number) = 0;
  // At the first single write that begins so long from now, or later.
  virtual void after(std::chrono::microseconds time) = 0;
  // No cut is armed any more. True: power went, and what was written is recovered when it comes back.
  virtual bool settle() = 0;
};

// One slot's source of cards. Not thread-safe: one for each worker.
class Target {
 public:
  virtual ~Target() = default;

  // The contacts of the card for the next case, without power; valid until the next call. A virtual card is
  // as its model says and draws its randomness from `seed`; someone else's card is as it is.
  virtual tl::expected<apdu::Channel*, apdu::ChannelError> fresh(
      const std::shared_ptr<const simulator::profile::CardModel>& model, std::uint64_t seed) = 0;
  // Someone else's card: never restored, never to be locked by accident.
  virtual bool is_foreign() const = 0;
  // Of the card last given; null where only APDUs can be seen.
  virtual const InnerState* inner_state() const { return nullptr; }
  // Of the card last given; null where nobody can cut its power.
  virtual PowerCut* power_cut() { return nullptr; }
};

}  // namespace ssc::conformance
