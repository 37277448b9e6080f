// The host's side (keys/ceremony) between two virtual cards.
#include "keys/ceremony/transfer.h"

#include <gtest/gtest.h>

#include "apdu/hex.h"
#include "simulator/card_channel.h"
#include "simulator/factory.h"

namespace ssc::simulator::test {
namespace {

namespace ceremony = keys::ceremony;
using ceremony::Moved;

// A built-in card at the end of a channel that breaks when it is told to.
class Contacts final : public apdu::Channel {
 public:
  explicit Contacts(std::string_view name)
      : model_(profile::load_card(name).value()), card_(make_card(model_, {.seed = 3})), channel_(*card_) {}

  void break_after(unsigned commands) { left_ = commands; }

  tl::expected<apdu::Bytes, apdu::ChannelError> power_on() override { return channel_.power_on(); }
  tl::expected<apdu::Bytes, apdu::ChannelError> reset() override { return channel_.reset(); }
  void power_off() override { channel_.power_off(); }
  tl::expected<apdu::Response, apdu::ChannelError> transmit(apdu::ByteView command) override {
    if (left_ && (*left_)-- == 0)
      return tl::unexpected(apdu::ChannelError{apdu::ChannelError::Kind::kNoCard, "the card was taken out"});
    return channel_.transmit(command);
  }

 private:
  profile::CardModel model_;
  std::unique_ptr<VirtualCard> card_;
  CardChannel channel_;
  std::optional<unsigned> left_;
};

ceremony::Done<std::vector<Moved>> move(Contacts& from, Contacts& to, const ceremony::Terms& terms,
                                        keys::Cipher cipher = keys::Cipher::kSm4) {
  auto sender = ceremony::Sender::open(from, "master", "123456");
  if (!sender) return tl::unexpected(sender.error());
  auto receiver = ceremony::card_receiver(to, "psam", cipher);
  if (!receiver) return tl::unexpected(receiver.error());
  return ceremony::transfer(*sender, **receiver, terms);
}

// Check values of IRK by openssl from the roots of the lab's sets.
TEST(Transfer, AKeyArrivesUnderBothCiphers) {
  for (const auto& [card, cipher, check] :
       {std::tuple{"sample-master-card", keys::Cipher::kSm4, "6DE141"},
        std::tuple{"sample-master-card-des", keys::Cipher::kDes, "591356"}}) {
    Contacts from(card);
    Contacts to("sample-psam-new");
    const auto moved = move(from, to, {.only = {"IRK"}}, cipher);
    ASSERT_TRUE(moved) << moved.error().what;
    ASSERT_EQ(moved->size(), 1U);
    EXPECT_EQ(moved->front().refusal, "");
    EXPECT_EQ(apdu::to_hex(moved->front().check), check);
  }
}

TEST(Transfer, WhatIsThereIsReplacedOnlyWhenAsked) {
  Contacts from("sample-master-card");
  Contacts to("sample-psam-new");
  ASSERT_TRUE(move(from, to, {.only = {"IRK"}}));
  EXPECT_EQ(move(from, to, {.only = {"IRK"}}).value().front().refusal, "is there already");
  EXPECT_EQ(move(from, to, {.only = {"IRK"}, .replaces = true}).value().front().refusal, "");
}

TEST(Transfer, SaysWhichRouteIsMissing) {
  Contacts from("sample-mother-card-province");
  Contacts to("sample-mother-card-province");
  const auto moved = move(from, to, {});
  ASSERT_FALSE(moved);
  EXPECT_EQ(
      moved.error().what,
      "master: has no transmission key for mother cards of area 990000; bring it with the transmission key "
      "card first");
  EXPECT_FALSE(moved.error().lost);
}

TEST(Transfer, AWrongPinIsNamedAndAPsamGivesNothing) {
  Contacts from("sample-master-card");
  EXPECT_EQ(ceremony::Sender::open(from, "master", "999999").error().what,
            "master: giving the holder's PIN: 63C2 authentication failed, tries left");
  Contacts psam("sample-psam-new");
  EXPECT_EQ(ceremony::Sender::open(psam, "psam", "123456").error().what,
            "psam: a PSAM gives no key on; name a key carrier");
}

// Wherever the receiver is lost, the walk ends and says so; what was moved is in the card.
TEST(Transfer, ACardThatIsTakenOutEndsIt) {
  unsigned lost = 0;
  for (unsigned commands = 0; commands < 12; ++commands) {
    Contacts from("sample-master-card");
    Contacts to("sample-psam-new");
    to.break_after(commands);
    const auto moved = move(from, to, {.only = {"IRK", "UK3DF01"}});
    if (moved) continue;
    ++lost;
    EXPECT_TRUE(moved.error().lost);
    EXPECT_EQ(moved.error().what, "psam: the card was taken out");
  }
  EXPECT_GT(lost, 6U);
}

}  // namespace
}  // namespace ssc::simulator::test
