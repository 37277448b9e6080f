#include "simulator/latency/slow_card.h"

#include <thread>

namespace ssc::simulator::latency {

void sleep_here(Microseconds duration) { std::this_thread::sleep_for(duration); }

SlowCard::SlowCard(std::unique_ptr<core::SmartCard> card, LatencyProfile profile, apdu::CommandTable commands,
                   std::uint64_t seed, Sleep sleep)
    : card_(std::move(card)),
      profile_(std::move(profile)),
      commands_(commands),
      random_(seed),
      sleep_(std::move(sleep)) {}

const Delay& SlowCard::delay_of(apdu::ByteView command) const {
  const auto header = apdu::header_of(command);
  if (!header) return profile_.other;
  const apdu::Lookup found = apdu::find_command(commands_, *header);
  return found.row == nullptr ? profile_.other : profile_.of(found.row->id);
}

Microseconds SlowCard::duration(apdu::ByteView command, const apdu::Response& answer) {
  constexpr std::size_t kStatusWord = 2;
  const Delay& delay = delay_of(command);
  const auto octets = static_cast<Microseconds::rep>(command.size() + answer.data.size() + kStatusWord);
  const auto spread = static_cast<std::uint64_t>((delay.jitter_max - delay.jitter_min).count()) + 1;
  const auto jitter = delay.jitter_min + Microseconds(static_cast<Microseconds::rep>(random_() % spread));
  return delay.fixed + delay.per_byte * octets + jitter;
}

apdu::Response SlowCard::transmit(apdu::ByteView command) noexcept {
  const apdu::Response answer = card_->transmit(command);
  sleep_(duration(command, answer));
  return answer;
}

}  // namespace ssc::simulator::latency
