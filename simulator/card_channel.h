// The contacts of a card in this process.
#pragma once

#include "apdu/channel.h"
#include "simulator/core/smart_card.h"

namespace ssc::simulator {

// Straight to the card, which outlives the channel.
class CardChannel : public apdu::Channel {
 public:
  explicit CardChannel(core::SmartCard& card) : card_(card) {}

  tl::expected<apdu::Bytes, apdu::ChannelError> power_on() override {
    card_.power_on();
    return atr();
  }
  tl::expected<apdu::Bytes, apdu::ChannelError> reset() override {
    card_.reset();
    return atr();
  }
  void power_off() override { card_.power_off(); }
  tl::expected<apdu::Response, apdu::ChannelError> transmit(apdu::ByteView command) override {
    return card_.transmit(command);
  }

 private:
  apdu::Bytes atr() const { return {card_.atr().begin(), card_.atr().end()}; }

  core::SmartCard& card_;
};

}  // namespace ssc::simulator
