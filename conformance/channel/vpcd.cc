#include "conformance/channel/vpcd.h"

#include <condition_variable>
#include <mutex>
#include <thread>

#include "conformance/channel/in_process.h"
#include "conformance/channel/pcsc.h"
#include "conformance/channel/reader_names.h"
#include "conformance/channel/vpcd_reader.h"
#include "simulator/vpcd/client.h"

namespace ssc::conformance {
namespace {

using apdu::ChannelError;
using namespace std::chrono_literals;
using simulator::core::SmartCard;
using simulator::vpcd::Event;
using simulator::vpcd::EventKind;

constexpr auto kTimeToConnect = 5s;
constexpr auto kTimeToBeSeen = 5s;  // pcscd looks every 0.4 s; just after it started, later

tl::unexpected<ChannelError> no_reader(std::string what) {
  return tl::make_unexpected(ChannelError{ChannelError::Kind::kNoReader, std::move(what)});
}

// What the client tells from its thread, for one who waits.
class Arrival {
 public:
  void tell(const Event& event) {
    const std::lock_guard lock(mutex_);
    last_ = event;
    changed_.notify_all();
  }

  // True when vpcd took the connection; else what the client last said.
  tl::expected<void, std::string> await() {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, kTimeToConnect, [this] { return arrived() || hopeless(); });
    if (arrived()) return {};
    return tl::make_unexpected(last_.text.empty() ? "vpcd does not take the card" : last_.text);
  }

 private:
  bool arrived() const {
    return last_.kind == EventKind::kConnected || last_.kind == EventKind::kPowered ||
           last_.kind == EventKind::kReset || last_.kind == EventKind::kPoweredOff;
  }
  bool hopeless() const { return last_.kind == EventKind::kTaken || last_.kind == EventKind::kFailed; }

  std::mutex mutex_;
  std::condition_variable changed_;
  Event last_{EventKind::kWaiting, 0, {}};
};

}  // namespace

class VpcdChannel::Slot {
 public:
  Slot(unsigned slot, std::unique_ptr<PcscChannel> reader, std::unique_ptr<SmartCard> card)
      : card_(std::move(card)),
        reader_(std::move(reader)),
        client_({config(slot)}, [this](const Event& event) { arrival_.tell(event); }),
        thread_([this] { client_.run(); }) {}

  ~Slot() {
    reader_->power_off();
    client_.stop();
    thread_.join();
  }
  Slot(const Slot&) = delete;
  Slot& operator=(const Slot&) = delete;

  PcscChannel& reader() { return *reader_; }

  tl::expected<void, ChannelError> await() {
    if (const auto there = arrival_.await(); !there) return no_reader(there.error());
    return reader_->await_card(true, kTimeToBeSeen);
  }

  tl::expected<void, ChannelError> swap(std::unique_ptr<SmartCard> card) {
    reader_->power_off();
    client_.replace_card(0, card.get(), true);
    card_ = std::move(card);
    return reader_->await_card(true, kTimeToBeSeen);
  }

 private:
  simulator::vpcd::SlotConfig config(unsigned slot) const {
    simulator::vpcd::SlotConfig config;
    config.port = static_cast<std::uint16_t>(simulator::vpcd::kFirstPort + slot);
    config.card = card_.get();
    config.name = slot == 0 ? "card" : "psam";
    return config;
  }

  std::unique_ptr<SmartCard> card_;
  std::unique_ptr<PcscChannel> reader_;
  Arrival arrival_;
  simulator::vpcd::Client client_;
  std::thread thread_;
};

tl::expected<std::unique_ptr<VpcdChannel>, ChannelError> VpcdChannel::insert(
    unsigned slot, std::unique_ptr<SmartCard> card) {
  if (const VpcdDiagnosis why = why_no_vpcd_reader(); why.kind != VpcdDiagnosis::Kind::kReady)
    return no_reader(why.what);
  auto reader = PcscChannel::open(vpcd_reader_name(slot));
  if (!reader) return tl::make_unexpected(reader.error());
  auto held = std::make_unique<Slot>(slot, std::move(*reader), std::move(card));
  if (const auto seen = held->await(); !seen) return tl::make_unexpected(seen.error());
  return std::unique_ptr<VpcdChannel>(new VpcdChannel(std::move(held)));
}

VpcdChannel::VpcdChannel(std::unique_ptr<Slot> slot) : slot_(std::move(slot)) {}
VpcdChannel::~VpcdChannel() = default;

tl::expected<void, ChannelError> VpcdChannel::swap_card(std::unique_ptr<SmartCard> card) {
  return slot_->swap(std::move(card));
}
tl::expected<apdu::Bytes, ChannelError> VpcdChannel::power_on() { return slot_->reader().power_on(); }
tl::expected<apdu::Bytes, ChannelError> VpcdChannel::reset() { return slot_->reader().reset(); }
void VpcdChannel::power_off() { slot_->reader().power_off(); }
tl::expected<apdu::Response, ChannelError> VpcdChannel::transmit(apdu::ByteView command) {
  return slot_->reader().transmit(command);
}

namespace {

class VpcdTarget : public Target {
 public:
  VpcdTarget(unsigned slot, const simulator::mutants::Mutant* mutant) : slot_(slot), mutant_(mutant) {}

  tl::expected<apdu::Channel*, ChannelError> fresh(
      const std::shared_ptr<const simulator::profile::CardModel>& model, std::uint64_t seed) override {
    auto memory = std::make_unique<TearableMemory>(TearableMemory::Time::kOfTheClock);
    auto card = simulator::make_card(*model, {.seed = seed, .store = &memory->store(), .mutant = mutant_});
    const VirtualInnerState state(*card);
    state_.reset();
    if (channel_) {
      const auto swapped = channel_->swap_card(std::move(card));
      if (!swapped) return tl::make_unexpected(swapped.error());
    } else {
      auto channel = VpcdChannel::insert(slot_, std::move(card));
      if (!channel) return tl::make_unexpected(channel.error());
      channel_ = std::move(*channel);
    }
    model_ = model;
    memory_ = std::move(memory);
    state_ = state;
    return channel_.get();
  }
  bool is_foreign() const override { return false; }
  const InnerState* inner_state() const override { return state_ ? &*state_ : nullptr; }
  PowerCut* power_cut() override { return memory_.get(); }

 private:
  unsigned slot_;
  const simulator::mutants::Mutant* mutant_;
  std::shared_ptr<const simulator::profile::CardModel> model_;  // outlives the card made from it
  std::unique_ptr<TearableMemory> memory_;                      // outlives the card too
  std::unique_ptr<VpcdChannel> channel_;
  std::optional<VirtualInnerState> state_;  // of the card last given
};

}  // namespace

tl::expected<std::unique_ptr<Target>, ChannelError> vpcd_target(unsigned slot,
                                                                const simulator::mutants::Mutant* mutant) {
  if (const VpcdDiagnosis why = why_no_vpcd_reader(); why.kind != VpcdDiagnosis::Kind::kReady)
    return no_reader(why.what);
  return std::make_unique<VpcdTarget>(slot, mutant);
}

}  // namespace ssc::conformance
