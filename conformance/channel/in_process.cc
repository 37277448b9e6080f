#include "conformance/channel/in_process.h"

#include "simulator/factory.h"

namespace ssc::conformance {
namespace {

using apdu::Bytes;
using apdu::ChannelError;

class InProcessChannel : public apdu::Channel {
 public:
  explicit InProcessChannel(std::unique_ptr<simulator::core::SmartCard> card) : card_(std::move(card)) {}

  tl::expected<Bytes, ChannelError> power_on() override {
    card_->power_on();
    return atr();
  }
  tl::expected<Bytes, ChannelError> reset() override {
    card_->reset();
    return atr();
  }
  void power_off() override { card_->power_off(); }
  tl::expected<apdu::Response, ChannelError> transmit(apdu::ByteView command) override {
    return card_->transmit(command);
  }

 private:
  Bytes atr() const { return {card_->atr().begin(), card_->atr().end()}; }

  std::unique_ptr<simulator::core::SmartCard> card_;
};

class InProcessTarget : public Target {
 public:
  tl::expected<apdu::Channel*, ChannelError> fresh(
      const std::shared_ptr<const simulator::profile::CardModel>& model, std::uint64_t seed) override {
    channel_.reset();
    model_ = model;
    channel_ = std::make_unique<InProcessChannel>(simulator::make_card(*model, {.seed = seed}));
    return channel_.get();
  }
  bool is_foreign() const override { return false; }

 private:
  std::shared_ptr<const simulator::profile::CardModel> model_;
  std::unique_ptr<InProcessChannel> channel_;
};

}  // namespace

std::unique_ptr<Target> in_process_target() { return std::make_unique<InProcessTarget>(); }

}  // namespace ssc::conformance
