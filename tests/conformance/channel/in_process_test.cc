#include "conformance/channel/in_process.h"

#include <gtest/gtest.h>

#include "tests/conformance/fakes.h"

namespace ssc::conformance {
namespace {

using test::bytes;

class InnerStateOfAVirtualCard : public ::testing::Test {
 protected:
  void SetUp() override {
    channel_ =
        *target_->fresh(std::make_shared<const CardModel>(*simulator::profile::load_card("sample-2.00")), 1);
    channel_->power_on();
    send("00A404000F7378312E73682EC9E7BBE1B1A3D5CF");
  }
  std::string send(std::string_view command) {
    return apdu::to_string(channel_->transmit(bytes(command))->status);
  }
  const InnerState& state() const { return *target_->inner_state(); }

  const std::unique_ptr<Target> target_ = in_process_target();
  apdu::Channel* channel_ = nullptr;
};

// UPDATE RECORD of the card class, which UKSSSE would open, is refused and writes nothing; a wrong PIN writes
// its counter.
TEST(InProcessTarget, CutsThePowerOfItsCard) {
  const auto model = std::make_shared<const CardModel>(simulator::profile::load_card("sample-2.00").value());
  const auto target = in_process_target();
  EXPECT_EQ(target->power_cut(), nullptr);
  auto& channel = **target->fresh(model, 1);
  const auto wrong_pin = *apdu::parse_hex("0020000003999999");
  const auto ask = *apdu::parse_hex("0020000000");
  ASSERT_TRUE(channel.power_on());
  PowerCut& power = *target->power_cut();
  power.at_half_write(1);
  channel.transmit(ask).value();
  EXPECT_FALSE(power.settle());  // nothing was written
  power.after(std::chrono::microseconds(0));
  channel.transmit(wrong_pin).value();
  EXPECT_TRUE(power.settle());
  channel.power_off();
  ASSERT_TRUE(channel.power_on());
  EXPECT_EQ(channel.transmit(ask)->status,
            apdu::sw::tries_left(3));  // cut before the first write: the try was not compared
  power.after(std::chrono::seconds(1));
  EXPECT_EQ(channel.transmit(wrong_pin)->status, apdu::sw::tries_left(2));
  EXPECT_FALSE(power.settle());
}

TEST(InProcessTarget, HasNoStateBeforeItsFirstCard) {
  EXPECT_EQ(in_process_target()->inner_state(), nullptr);
}

TEST_F(InnerStateOfAVirtualCard, FollowsThePin) {
  EXPECT_EQ(state().tries_left("PIN"), 3U);
  EXPECT_EQ(send("0020000003654321"), "63C2");
  EXPECT_EQ(state().tries_left("PIN"), 2U);
  EXPECT_EQ(state().authenticated("PIN"), false);
  EXPECT_EQ(send("0020000003123456"), "9000");
  EXPECT_EQ(state().tries_left("PIN"), 3U);
  EXPECT_EQ(state().authenticated("PIN"), true);
  channel_->reset();
  EXPECT_EQ(state().authenticated("PIN"), false);
}

TEST_F(InnerStateOfAVirtualCard, FollowsAKey) {
  EXPECT_EQ(state().tries_left("UKSSSE"), 15U);
  send("0084000008");
  EXPECT_EQ(send("008200041000000000000000000000000000000000"), "63CE");
  EXPECT_EQ(state().tries_left("UKSSSE"), 14U);
  EXPECT_EQ(state().authenticated("UKSSSE"), false);
}

TEST_F(InnerStateOfAVirtualCard, FollowsFilesChallengesAndWrites) {
  EXPECT_EQ(state().current_ef(), "");
  EXPECT_EQ(state().security(), "");
  send("00A4040006D15600000500");
  EXPECT_EQ(state().current_df(), "DF01");
  send("00A4020002EF05");
  EXPECT_EQ(state().current_ef(), "EF05");
  EXPECT_EQ(state().challenge(), false);
  send("0084000008");
  EXPECT_EQ(state().challenge(), true);
  EXPECT_EQ(state().writes(), 0U);
  send("0020000003999999");  // a wrong PIN
  EXPECT_EQ(state().writes(), 1U);
}

TEST_F(InnerStateOfAVirtualCard, SaysNothingOfWhatIsNotThere) {
  EXPECT_EQ(state().tries_left("STKSSSE"), std::nullopt);  // never locks
  EXPECT_EQ(state().tries_left("NOBODY"), std::nullopt);
  EXPECT_EQ(state().authenticated("NOBODY"), std::nullopt);
}

}  // namespace
}  // namespace ssc::conformance
