#include "conformance/channel/in_process.h"

#include <algorithm>

#include "apdu/hex.h"

namespace ssc::conformance {
namespace {

using apdu::Bytes;
using apdu::ChannelError;

class InProcessChannel : public apdu::Channel {
 public:
  explicit InProcessChannel(std::unique_ptr<simulator::VirtualCard> card) : card_(std::move(card)) {}

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

  const simulator::VirtualCard& card() const { return *card_; }

 private:
  Bytes atr() const { return {card_->atr().begin(), card_->atr().end()}; }

  std::unique_ptr<simulator::VirtualCard> card_;
};

class InProcessTarget : public Target {
 public:
  explicit InProcessTarget(const simulator::mutants::Mutant* mutant) : mutant_(mutant) {}

  tl::expected<apdu::Channel*, ChannelError> fresh(
      const std::shared_ptr<const simulator::profile::CardModel>& model, std::uint64_t seed) override {
    channel_.reset();
    model_ = model;
    memory_ = std::make_unique<TearableMemory>(TearableMemory::Time::kCounted);
    channel_ = std::make_unique<InProcessChannel>(
        simulator::make_card(*model, {.seed = seed, .store = &memory_->store(), .mutant = mutant_}));
    state_.emplace(channel_->card());
    return channel_.get();
  }
  bool is_foreign() const override { return false; }
  const InnerState* inner_state() const override { return state_ ? &*state_ : nullptr; }
  PowerCut* power_cut() override { return memory_.get(); }

 private:
  const simulator::mutants::Mutant* mutant_;
  std::shared_ptr<const simulator::profile::CardModel> model_;
  std::unique_ptr<TearableMemory> memory_;  // outlives the card in the channel
  std::unique_ptr<InProcessChannel> channel_;
  std::optional<VirtualInnerState> state_;
};

constexpr std::string_view kPin = "PIN";

std::optional<simulator::core::KeyIndex> find_key(const simulator::core::Image& image,
                                                  std::string_view name) {
  const auto key = std::ranges::find(image.keys, name, &simulator::core::KeySlot::name);
  if (key == image.keys.end()) return std::nullopt;
  return static_cast<simulator::core::KeyIndex>(key - image.keys.begin());
}

}  // namespace

void TearableMemory::at_half_write(unsigned number) {
  using simulator::store::Cut;
  store_.cut_at({(number - 1) / 2, number % 2 == 1 ? Cut::Moment::kBefore : Cut::Moment::kDuring});
}

void TearableMemory::after(std::chrono::microseconds time) {
  constexpr std::chrono::microseconds kHalfWrite(50);
  if (time_ == Time::kOfTheClock)
    store_.cut_after(time);
  else
    at_half_write(static_cast<unsigned>(1 + time / kHalfWrite));
}

bool TearableMemory::settle() {
  store_.disarm();
  if (store_.has_power()) return false;
  store_.power_up();
  return true;
}

std::optional<unsigned> VirtualInnerState::tries_left(std::string_view of) const {
  const auto view = card_->os().view();
  if (of == kPin) return view.pin().tries;
  const auto key = find_key(view.image(), of);
  if (!key || view.image().key(*key).max_tries == 0) return std::nullopt;
  return view.tries(*key);
}

std::optional<bool> VirtualInnerState::authenticated(std::string_view of) const {
  const auto view = card_->os().view();
  if (of == kPin) return view.session().security.pin_verified();
  const auto key = find_key(view.image(), of);
  if (!key) return std::nullopt;
  return view.session().security.has(view.image().key(*key).family);
}

std::optional<std::string> VirtualInnerState::security() const {
  const auto view = card_->os().view();
  const std::string proved = view.session().security.to_string(view.image());
  return proved == "none" ? "" : proved;
}

std::optional<std::string> VirtualInnerState::current_df() const { return card_->os().view().df().id; }

std::optional<std::string> VirtualInnerState::current_ef() const {
  const auto view = card_->os().view();
  if (!view.session().ef) return "";
  const auto fid = static_cast<std::uint16_t>(view.image().ef(*view.session().ef).fid);
  return "EF" + apdu::to_hex(apdu::big_endian<2>(fid)).substr(2);
}

std::optional<unsigned> VirtualInnerState::key_version(std::string_view of) const {
  const auto view = card_->os().view();
  const auto key = find_key(view.image(), of);
  if (!key || !view.image().key(*key).file) return std::nullopt;
  return static_cast<unsigned>(view.group_in_use(*view.image().key(*key).file));
}

std::optional<bool> VirtualInnerState::challenge() const {
  return card_->os().view().session().challenge.has_value();
}

std::unique_ptr<Target> in_process_target(const simulator::mutants::Mutant* mutant) {
  return std::make_unique<InProcessTarget>(mutant);
}

}  // namespace ssc::conformance
