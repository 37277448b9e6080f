// A channel that counts, and a blank one made to the sample's transport key.
#pragma once

#include "simulator/card_channel.h"
#include "simulator/issue/personalise.h"
#include "tests/simulator/test_card.h"

namespace ssc::simulator::test {

class CardChannel final : public simulator::CardChannel {
 public:
  using simulator::CardChannel::CardChannel;

  tl::expected<apdu::Response, apdu::ChannelError> transmit(ByteView command) override {
    ++commands;
    return simulator::CardChannel::transmit(command);
  }
  std::size_t commands = 0;
};

inline keys::Key des_key(std::string_view digits) { return {keys::Cipher::kDes, hex(digits)}; }

inline issue::IssueKeys issue_keys() {
  return {des_key("0F1E2D3C4B5A69788796A5B4C3D2E1F0"), des_key("404142434445464748494A4B4C4D4E4F"),
          des_key("101112131415161718191A1B1C1D1E1F")};
}

inline CardModel blank_card() {
  CardModel model;
  model.name = "blank";
  model.atr = hex("3B6D00000081544C928699990100000001");
  model.transport_key = issue_keys().transport;
  return model;
}

}  // namespace ssc::simulator::test
