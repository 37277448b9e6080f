#include "conformance/channel/pcsc_target.h"

#include "conformance/channel/pcsc.h"

namespace ssc::conformance {
namespace {

class PcscTarget : public Target {
 public:
  explicit PcscTarget(std::unique_ptr<PcscChannel> channel) : channel_(std::move(channel)) {}

  tl::expected<apdu::Channel*, apdu::ChannelError> fresh(
      const std::shared_ptr<const simulator::profile::CardModel>&, std::uint64_t) override {
    channel_->power_off();
    return channel_.get();
  }
  bool is_foreign() const override { return true; }

 private:
  std::unique_ptr<PcscChannel> channel_;
};

}  // namespace

tl::expected<std::unique_ptr<Target>, apdu::ChannelError> pcsc_target(std::string_view reader) {
  auto channel = PcscChannel::open(reader);
  if (!channel) return tl::make_unexpected(channel.error());
  return std::make_unique<PcscTarget>(std::move(*channel));
}

}  // namespace ssc::conformance
