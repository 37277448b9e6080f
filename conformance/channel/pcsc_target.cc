#include "conformance/channel/pcsc_target.h"

#include "conformance/channel/pcsc.h"
#include "conformance/channel/pcsc_error.h"

namespace ssc::conformance {
namespace {

constexpr std::chrono::seconds kTimeToBeSeen{2};  // a card just put in

class PcscTarget : public Target {
 public:
  explicit PcscTarget(std::unique_ptr<PcscChannel> channel) : channel_(std::move(channel)) {}

  tl::expected<apdu::Channel*, apdu::ChannelError> fresh(
      const std::shared_ptr<const simulator::profile::CardModel>&, std::uint64_t) override {
    channel_->power_off();
    if (const auto there = await(); !there) return tl::make_unexpected(there.error());
    return channel_.get();
  }
  bool is_foreign() const override { return true; }

  // Error, kNoCard: nothing is in the reader.
  tl::expected<void, apdu::ChannelError> await() {
    auto there = channel_->await_card(true, kTimeToBeSeen);
    if (!there && there.error().kind == apdu::ChannelError::Kind::kTimeout)
      return tl::make_unexpected(no_card_error(channel_->reader()));
    return there;
  }

 private:
  std::unique_ptr<PcscChannel> channel_;
};

}  // namespace

tl::expected<std::unique_ptr<Target>, apdu::ChannelError> pcsc_target(std::string_view reader) {
  auto channel = PcscChannel::open(reader);
  if (!channel) return tl::make_unexpected(channel.error());
  auto target = std::make_unique<PcscTarget>(std::move(*channel));
  if (const auto there = target->await(); !there) return tl::make_unexpected(there.error());
  return target;
}

}  // namespace ssc::conformance
