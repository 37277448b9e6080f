#include "simulator/latency/slow_card.h"

#include <gtest/gtest.h>

#include "apdu/hex.h"
#include "simulator/factory.h"
#include "tests/simulator/test_card.h"

namespace ssc::simulator::latency {
namespace {

using apdu::CommandId;
using test::hex;
using namespace std::chrono_literals;

// A slow small card that notes what it would have slept.
class Slow {
 public:
  explicit Slow(LatencyProfile profile, std::uint64_t seed = 1)
      : card_(make_card(test::small_card(), {.seed = 1}), std::move(profile), apdu::card_commands(), seed,
              [this](Microseconds time) { slept_.push_back(time); }) {
    card_.power_on();
  }

  std::string send(std::string_view command) { return apdu::to_hex(card_.transmit(hex(command)).encode()); }
  const std::vector<Microseconds>& slept() const { return slept_; }
  SlowCard& card() { return card_; }

 private:
  std::vector<Microseconds> slept_;
  SlowCard card_;
};

LatencyProfile profile() {
  return {"test", {.fixed = 5ms}, {{CommandId::kVerify, {.fixed = 100ms, .per_byte = 1ms}}}};
}

TEST(SlowCard, WaitsByCommandAndOctets) {
  Slow slow(profile());
  EXPECT_EQ(slow.send("0020000003123456"), "9000");  // 8 octets out, 2 back
  EXPECT_EQ(slow.send("00A40000023F00").substr(0, 2), "6F");
  EXPECT_EQ(slow.slept(), (std::vector<Microseconds>{110ms, 5ms}));
}

TEST(SlowCard, KnowsACommandByItsHeaderEvenWhenItIsRefused) {
  Slow slow(profile());
  EXPECT_EQ(slow.send("00200100"), "6A86");
  EXPECT_EQ(slow.send("00FE0000"), "6D00");
  EXPECT_EQ(slow.send("00"), "6700");
  EXPECT_EQ(slow.slept(), (std::vector<Microseconds>{106ms, 5ms, 5ms}));
}

TEST(SlowCard, JitterStaysBetweenItsBoundsAndFollowsTheSeed) {
  const LatencyProfile jittery{"test", {.jitter_min = 2ms, .jitter_max = 4ms}, {}};
  const auto times = [&](std::uint64_t seed) {
    Slow slow(jittery, seed);
    for (int i = 0; i < 100; ++i) slow.send("0084000008");
    return slow.slept();
  };
  const auto first = times(1);
  EXPECT_EQ(*std::ranges::min_element(first) >= 2ms, true);
  EXPECT_EQ(*std::ranges::max_element(first) <= 4ms, true);
  EXPECT_NE(*std::ranges::min_element(first), *std::ranges::max_element(first));
  EXPECT_EQ(times(1), first);
  EXPECT_NE(times(2), first);
}

TEST(SlowCard, PowerAndResetAreTheCardsOwnAndTakeNoTime) {
  Slow slow(profile());
  slow.send("0020000003123456");
  slow.card().reset();
  slow.card().power_off();
  EXPECT_EQ(slow.send("0020000000"), "6F00");
  slow.card().power_on();
  EXPECT_EQ(slow.send("0020000000"), "63C3");
  EXPECT_EQ(slow.slept().size(), 3U);
  EXPECT_FALSE(slow.card().atr().empty());
}

}  // namespace
}  // namespace ssc::simulator::latency
