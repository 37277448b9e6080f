// PcscChannel and VpcdChannel against a real pcscd with vpcd: run under tools/lib/with_pcscd.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "apdu/hex.h"
#include "conformance/channel/pcsc.h"
#include "conformance/channel/reader_names.h"
#include "conformance/channel/vpcd.h"
#include "conformance/channel/vpcd_reader.h"

namespace ssc::conformance {
namespace {

using apdu::Bytes;
using apdu::ByteView;
using Kind = apdu::ChannelError::Kind;
using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

Bytes hex(std::string_view text) { return apdu::parse_hex(text).value(); }

// Answers each command with three counts: power-ons and resets so far, commands since the last of them.
class CountingCard : public simulator::core::SmartCard {
 public:
  explicit CountingCard(std::string_view atr) : atr_(hex(atr)) {}

  ByteView atr() const override { return atr_; }
  void power_on() override {
    ++powered_;
    commands_ = 0;
  }
  void reset() override {
    ++resets_;
    commands_ = 0;
  }
  void power_off() override {}
  apdu::Response transmit(ByteView) noexcept override {
    const std::uint8_t counts[] = {powered_, resets_, ++commands_};
    return {counts, apdu::StatusWord(0x9000)};
  }

 private:
  Bytes atr_;
  std::uint8_t powered_ = 0;
  std::uint8_t resets_ = 0;
  std::uint8_t commands_ = 0;
};

constexpr std::string_view kOneAtr = "3B020101";
constexpr std::string_view kOtherAtr = "3B0301020F";

std::unique_ptr<CountingCard> card(std::string_view atr = kOneAtr) {
  return std::make_unique<CountingCard>(atr);
}

std::unique_ptr<VpcdChannel> inserted(std::string_view atr = kOneAtr) {
  auto channel = VpcdChannel::insert(0, card(atr));
  if (!channel) {
    ADD_FAILURE() << channel.error().what;
    return nullptr;
  }
  return std::move(*channel);
}

Bytes data_of(apdu::Channel& channel, std::string_view command = "00840000") {
  const auto response = channel.transmit(hex(command));
  if (!response) {
    ADD_FAILURE() << response.error().what;
    return {};
  }
  return {response->data.view().begin(), response->data.view().end()};
}

TEST(VpcdReaders, AreThereUnderTheirNames) {
  EXPECT_EQ(why_no_vpcd_reader().what, "");
  const auto readers = list_readers();
  ASSERT_TRUE(readers) << readers.error().what;
  EXPECT_THAT(*readers, ElementsAre(vpcd_reader_name(0), vpcd_reader_name(1)));
}

TEST(VpcdChannel, PowersResetsAndTransmits) {
  const auto channel = inserted();
  ASSERT_TRUE(channel);
  EXPECT_EQ(channel->power_on().value(), hex(kOneAtr));
  const Bytes first = data_of(*channel);
  EXPECT_EQ(data_of(*channel)[2], 2);
  EXPECT_EQ(channel->reset().value(), hex(kOneAtr));
  const Bytes after_reset = data_of(*channel);
  EXPECT_EQ(after_reset[0], first[0]) << "a warm reset must not be a power cycle";
  EXPECT_EQ(after_reset[1], first[1] + 1);
  EXPECT_EQ(after_reset[2], 1);
  EXPECT_EQ(channel->power_on().value(), hex(kOneAtr));
  EXPECT_GT(data_of(*channel)[0], first[0]) << "power_on on a powered card must take the power away first";
}

TEST(VpcdChannel, WithoutPowerThereIsNoCardToTalkTo) {
  const auto channel = inserted();
  ASSERT_TRUE(channel);
  EXPECT_EQ(channel->transmit(hex("00840000")).error().kind, Kind::kNoCard);
  ASSERT_TRUE(channel->power_on());
  channel->power_off();
  EXPECT_EQ(channel->transmit(hex("00840000")).error().kind, Kind::kNoCard);
  EXPECT_EQ(channel->reset().value(), hex(kOneAtr)) << "a reset without power powers the card";
}

TEST(VpcdChannel, RefusesAnApduOfOneOctet) {
  const auto channel = inserted();
  ASSERT_TRUE(channel);
  ASSERT_TRUE(channel->power_on());
  for (const std::string_view command : {"00", "01", "02", "04", "FF"}) {
    const auto response = channel->transmit(hex(command));
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, Kind::kRefused);
    EXPECT_THAT(response.error().what, HasSubstr("a one-byte APDU cannot be sent through vpcd"));
  }
  EXPECT_EQ(data_of(*channel)[2], 1) << "the card saw none of them and still answers";
}

TEST(VpcdChannel, ASwappedCardIsSeenByItsAtr) {
  const auto channel = inserted();
  ASSERT_TRUE(channel);
  for (int i = 0; i < 20; ++i) {
    const std::string_view atr = i % 2 == 0 ? kOtherAtr : kOneAtr;
    ASSERT_TRUE(channel->power_on());
    data_of(*channel);
    ASSERT_TRUE(channel->swap_card(card(atr)));
    ASSERT_EQ(channel->transmit(hex("00840000")).error().kind, Kind::kNoCard)
        << "a swapped card has no power";
    ASSERT_EQ(channel->power_on().value(), hex(atr)) << "swap " << i;
    EXPECT_EQ(data_of(*channel)[2], 1);
  }
}

TEST(VpcdChannel, ATakenSlotIsSaidSo) {
  const auto first = inserted();
  ASSERT_TRUE(first);
  const auto second = VpcdChannel::insert(0, card());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, Kind::kNoReader);
  EXPECT_THAT(second.error().what, HasSubstr("another"));
}

TEST(VpcdChannel, BothSlotsTogether) {
  const auto one = inserted(kOneAtr);
  const auto other = VpcdChannel::insert(1, card(kOtherAtr));
  ASSERT_TRUE(one);
  ASSERT_TRUE(other) << other.error().what;
  EXPECT_EQ(one->power_on().value(), hex(kOneAtr));
  EXPECT_EQ((*other)->power_on().value(), hex(kOtherAtr));
  EXPECT_EQ(data_of(*one)[2], 1);
  EXPECT_EQ(data_of(**other)[2], 1);
}

TEST(PcscChannel, AnEmptyReaderHasNoCard) {
  const auto channel = PcscChannel::open("PCD 00 01");
  ASSERT_TRUE(channel);
  EXPECT_EQ((*channel)->reader(), "Virtual PCD 00 01");
  ASSERT_TRUE((*channel)->await_card(false, 5s));
  EXPECT_EQ((*channel)->power_on().error().kind, Kind::kNoCard);
  EXPECT_EQ((*channel)->await_card(true, 10ms).error().kind, Kind::kTimeout);
}

TEST(PcscChannel, ACardTakenOutIsMissed) {
  auto serving = inserted();
  ASSERT_TRUE(serving);
  const auto channel = PcscChannel::open(vpcd_reader_name(0));
  ASSERT_TRUE(channel);
  ASSERT_TRUE((*channel)->power_on());
  serving.reset();
  ASSERT_TRUE((*channel)->await_card(false, 5s));
  const auto response = (*channel)->transmit(hex("00840000"));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().kind, Kind::kNoCard);
  EXPECT_THAT(response.error().what, HasSubstr(vpcd_reader_name(0)));
  EXPECT_EQ((*channel)->power_on().error().kind, Kind::kNoCard);
}

TEST(PcscChannel, ACardInUseIsSaidSo) {
  const auto serving = inserted();
  ASSERT_TRUE(serving);
  ASSERT_TRUE(serving->power_on());
  const auto channel = PcscChannel::open(vpcd_reader_name(0));
  ASSERT_TRUE(channel);
  EXPECT_THAT((*channel)->power_on().error().what, HasSubstr("another program"));
}

TEST(PcscChannel, NamesTheReadersThereAre) {
  const auto none = PcscChannel::open("ACR38");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().kind, Kind::kNoReader);
  EXPECT_THAT(none.error().what, HasSubstr(vpcd_reader_name(1)));
  EXPECT_THAT(PcscChannel::open("Virtual").error().what, HasSubstr("may be any of"));
}

}  // namespace
}  // namespace ssc::conformance
