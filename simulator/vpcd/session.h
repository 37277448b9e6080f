// What vpcd's messages mean to a card: power, reset, the ATR, commands. Pure code: no socket in it.
#pragma once

#include "simulator/core/smart_card.h"
#include "simulator/vpcd/framing.h"

namespace ssc::simulator::vpcd {

enum class Message : std::uint8_t { kPowerOff, kPowerOn, kReset, kAtr, kCommand };

// By its length first: one byte is a control byte where vpcd knows it, else a command of one byte; the empty
// message is a command of no bytes.
Message classify(apdu::ByteView payload);

// The wire's end of one card, from connecting to the loss of the connection.
class Session {
 public:
  // The card outlives the session, or its place in it (see swap_card).
  explicit Session(core::SmartCard& card) : card_(&card) {}

  // Does what the message says; a reset without power is a power-on, since a reader may not have noticed that
  // the power was lost. A reply that is due is put behind what `out` holds, length first, and is never of
  // length 0: a card that has nothing to say (an ATR of no bytes) answers 6F00.
  Message take(apdu::ByteView payload, apdu::Bytes& out);
  // The connection is gone, and with it the power.
  void lose_power();
  // Takes power from the card and puts another one in its place, without power.
  void swap_card(core::SmartCard& card);

  bool powered() const { return powered_; }
  std::uint64_t atr_polls() const { return atr_polls_; }
  std::uint64_t commands() const { return commands_; }

 private:
  void reset();
  void reply(apdu::ByteView payload, apdu::Bytes& out) const;

  core::SmartCard* card_;
  bool powered_ = false;
  std::uint64_t atr_polls_ = 0;
  std::uint64_t commands_ = 0;
};

}  // namespace ssc::simulator::vpcd
