#include "simulator/vpcd/session.h"

namespace ssc::simulator::vpcd {
namespace {

constexpr std::array<std::uint8_t, 2> kNothingToSay = {0x6F, 0x00};

}  // namespace

Message classify(apdu::ByteView payload) {
  if (payload.size() != 1) return Message::kCommand;
  switch (payload.front()) {
    case 0x00:
      return Message::kPowerOff;
    case 0x01:
      return Message::kPowerOn;
    case 0x02:
      return Message::kReset;
    case 0x04:
      return Message::kAtr;
    default:
      return Message::kCommand;
  }
}

Message Session::take(apdu::ByteView payload, apdu::Bytes& out) {
  const Message message = classify(payload);
  switch (message) {
    case Message::kPowerOff:
      lose_power();
      break;
    case Message::kPowerOn:
      powered_ = true;
      card_->power_on();
      break;
    case Message::kReset:
      reset();
      break;
    case Message::kAtr:
      ++atr_polls_;
      reply(card_->atr(), out);
      break;
    case Message::kCommand:
      ++commands_;
      reply(card_->transmit(payload).encode(), out);
      break;
  }
  return message;
}

void Session::reset() {
  if (powered_) return card_->reset();
  powered_ = true;
  card_->power_on();
}

void Session::lose_power() {
  if (!powered_) return;
  powered_ = false;
  card_->power_off();
}

void Session::swap_card(core::SmartCard& card) {
  lose_power();
  card_ = &card;
}

void Session::reply(apdu::ByteView payload, apdu::Bytes& out) const {
  if (payload.empty() || !append_frame(out, payload)) append_frame(out, kNothingToSay);
}

}  // namespace ssc::simulator::vpcd
