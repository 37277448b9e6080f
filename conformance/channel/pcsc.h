// A card in a PC/SC reader, real or vpcd's. PC/SC is named in this folder only.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "apdu/channel.h"

namespace ssc::conformance {

// The readers pcscd has, in its order; none is no error. Error: pcscd cannot be reached.
tl::expected<std::vector<std::string>, apdu::ChannelError> list_readers();

// The contacts of one reader. While it has power the card is this program's alone (SCARD_SHARE_EXCLUSIVE).
class PcscChannel : public apdu::Channel {
 public:
  // `reader`: its name or a unique part (choose_reader). A card need not be in it yet.
  static tl::expected<std::unique_ptr<PcscChannel>, apdu::ChannelError> open(std::string_view reader);
  ~PcscChannel() override;
  PcscChannel(const PcscChannel&) = delete;
  PcscChannel& operator=(const PcscChannel&) = delete;

  const std::string& reader() const { return reader_; }
  // Waits until the reader sees a card (or sees none). Error: kTimeout, or what the reader says.
  tl::expected<void, apdu::ChannelError> await_card(bool present, std::chrono::milliseconds time);

  // Always a cold reset: a card found powered loses its power first.
  tl::expected<apdu::Bytes, apdu::ChannelError> power_on() override;
  tl::expected<apdu::Bytes, apdu::ChannelError> reset() override;
  // The card has no power when this returns.
  void power_off() override;
  // Error, besides what the reader says: kRefused for one octet, which vpcd would take for a control byte;
  // kNoCard without power.
  tl::expected<apdu::Response, apdu::ChannelError> transmit(apdu::ByteView command) override;

 private:
  class Link;  // a context and a card handle of PC/SC

  PcscChannel(std::string reader, std::unique_ptr<Link> link);
  tl::expected<apdu::Bytes, apdu::ChannelError> reconnect(unsigned long how);
  apdu::ChannelError error(long code) const;

  std::string reader_;
  std::unique_ptr<Link> link_;
};

}  // namespace ssc::conformance
