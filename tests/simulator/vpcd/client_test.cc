#include "simulator/vpcd/client.h"

#include <gmock/gmock.h>

#include "tests/simulator/vpcd/fake_vpcd.h"
#include "tests/simulator/vpcd/running_client.h"
#include "tests/simulator/vpcd/scripted_card.h"

namespace ssc::simulator::vpcd {
namespace {

using std::chrono::milliseconds;
using test::FakeVpcd;
using test::Peer;
using test::RunningClient;
using test::ScriptedCard;
using ::testing::EndsWith;
using ::testing::HasSubstr;

constexpr std::string_view kAtrPoll = "000104";
constexpr std::string_view kAtrReply = "0002 3B00";

SlotConfig slot(ScriptedCard& card, std::uint16_t port) {
  return {.port = port, .card = &card, .name = "card"};
}

// A card in the slot of a vpcd that has just taken it and asked for its ATR.
class VpcdClient : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(peer_.ask(kAtrPoll), kAtrReply); }

  ScriptedCard card_;
  FakeVpcd vpcd_;
  RunningClient client_{slot(card_, vpcd_.port())};
  Peer peer_ = vpcd_.accept();
};

TEST_F(VpcdClient, AnswersTheAtrAndCommands) {
  peer_.send("000101");
  EXPECT_EQ(peer_.ask("0005 0084000008"), "0007 00840000089000");
  EXPECT_EQ(card_.log(), "on apdu:5 ");
  EXPECT_TRUE(client_.told(EventKind::kPowered));
  EXPECT_TRUE(client_->connected(0));
}

TEST_F(VpcdClient, TakesSplitFrames) {
  for (const std::string_view piece : {"00", "05", "00", "84000008"}) {
    EXPECT_TRUE(peer_.silent(milliseconds(5)));
    peer_.send(piece);
  }
  EXPECT_EQ(peer_.reply(), "0007 00840000089000");
}

TEST_F(VpcdClient, TakesAControlByteAndACommandInOneSegment) {
  EXPECT_EQ(peer_.ask("000101 0005 0084000008"), "0007 00840000089000");
  EXPECT_EQ(peer_.ask("000102 000104"), kAtrReply);
  EXPECT_EQ(card_.log(), "on apdu:5 reset ");
}

TEST_F(VpcdClient, AnswersEachOfManyCommandsInOneSegment) {
  peer_.send("0004 00A40000 0004 00B00000");
  EXPECT_EQ(peer_.reply(), "0006 00A400009000");
  EXPECT_EQ(peer_.reply(), "0006 00B000009000");
}

TEST_F(VpcdClient, GivesAnOversizedCommandToTheCardWhole) {
  apdu::Bytes frame = test::hex("FFFF");
  frame.resize(2 + 0xFFFF, 0x55);
  peer_.send_bytes(frame);
  EXPECT_EQ(peer_.reply(), "0002 6700");
  EXPECT_THAT(card_.log(), HasSubstr("apdu:65535 "));
  EXPECT_EQ(peer_.ask("0004 00A40000"), "0006 00A400009000") << "and goes on";
}

TEST_F(VpcdClient, TakesPayloadsOfOneByte) {
  peer_.send("000100 000101 000102");
  EXPECT_TRUE(peer_.silent(milliseconds(20))) << "control bytes have no reply";
  EXPECT_EQ(peer_.ask("0001FF"), "0003 FF9000");
  EXPECT_EQ(peer_.ask("000104"), kAtrReply);
}

TEST_F(VpcdClient, TakesASuddenCloseForLossOfPower) {
  peer_.send("000101");
  EXPECT_TRUE(client_.told(EventKind::kPowered));
  peer_.close();
  EXPECT_TRUE(client_.told(EventKind::kLost));
  EXPECT_EQ(card_.log(), "on off ");
  EXPECT_FALSE(client_->connected(0));
}

TEST_F(VpcdClient, ReconnectsAndForgetsTheMessageBegun) {
  peer_.send("0005 0084");
  peer_.close();
  Peer again = vpcd_.accept();
  EXPECT_EQ(again.ask(kAtrPoll), kAtrReply);
  EXPECT_TRUE(client_.told(EventKind::kConnected, 2));
}

TEST_F(VpcdClient, StaysAwayWhenRemovedAndComesBackWhenInserted) {
  peer_.send("000101");
  EXPECT_TRUE(client_.told(EventKind::kPowered));
  client_->remove(0);
  EXPECT_TRUE(peer_.ended());
  EXPECT_EQ(card_.log(), "on off ");
  EXPECT_FALSE(vpcd_.somebody_comes(2 * test::kFast.away));
  client_->insert(0);
  EXPECT_EQ(vpcd_.accept().ask(kAtrPoll), kAtrReply);
}

TEST_F(VpcdClient, IsAwayLongEnoughToBeMissed) {
  const auto before = std::chrono::steady_clock::now();
  client_->remove(0);
  EXPECT_TRUE(peer_.ended());
  client_->insert(0);
  client_->insert(0);
  EXPECT_EQ(vpcd_.accept().ask(kAtrPoll), kAtrReply);
  EXPECT_GE(std::chrono::steady_clock::now() - before, test::kFast.away);
}

TEST_F(VpcdClient, SwapsTheCardQuietlyInTheSameConnection) {
  ScriptedCard other("3B0101");
  peer_.send("000101");
  EXPECT_EQ(peer_.ask("0004 00A40000"), "0006 00A400009000");
  client_->replace_card(0, &other, true);
  EXPECT_EQ(card_.log(), "on apdu:4 off ");
  EXPECT_EQ(peer_.ask(kAtrPoll), "0003 3B0101");
  EXPECT_EQ(peer_.ask("000101 0004 00A40000"), "0006 00A400009000");
  EXPECT_EQ(other.log(), "on apdu:4 ");
  client_.stop();
}

TEST_F(VpcdClient, SwapsTheCardUnderTheReadersEyes) {
  ScriptedCard other("3B0101");
  peer_.send("000101");
  EXPECT_TRUE(client_.told(EventKind::kPowered));
  const auto before = std::chrono::steady_clock::now();
  client_->replace_card(0, &other, false);
  EXPECT_TRUE(peer_.ended());
  EXPECT_EQ(card_.log(), "on off ");
  EXPECT_EQ(vpcd_.accept().ask(kAtrPoll), "0003 3B0101");
  EXPECT_GE(std::chrono::steady_clock::now() - before, test::kFast.away)
      << "the reader must see the slot empty";
  client_.stop();
}

TEST_F(VpcdClient, CountsAndMeasures) {
  EXPECT_EQ(peer_.ask("0004 00A40000"), "0006 00A400009000");
  EXPECT_EQ(peer_.ask(kAtrPoll), kAtrReply);
  client_.stop();
  const SlotStatistics figures = client_->statistics(0);
  EXPECT_EQ(figures.commands, 1u);
  EXPECT_EQ(figures.atr_polls, 2u);
  EXPECT_GT(figures.median_answer.count(), 0);
  EXPECT_GT(figures.median_atr_answer.count(), 0);
}

// The driver's two writes a message, with Nagle's algorithm: 44 ms each where the kernel delays its
// acknowledgement.
TEST_F(VpcdClient, DoesNotLetTheReaderWaitForAcknowledgements) {
  for (int i = 0; i < 60; ++i) {
    peer_.send("0005");
    ASSERT_EQ(peer_.ask("0084000008"), "0007 00840000089000");
  }
  EXPECT_LT(client_->statistics(0).median_answer, milliseconds(20));
}

TEST_F(VpcdClient, TakesPowerFromTheCardWhenStopped) {
  EXPECT_EQ(peer_.ask("000101 000104"), kAtrReply);
  client_.stop();
  EXPECT_EQ(card_.log(), "on off ");
  EXPECT_TRUE(peer_.ended());
}

std::uint16_t closed_port() { return FakeVpcd().port(); }

TEST(VpcdClientAlone, WaitsForAReaderThatIsNotThereYet) {
  ScriptedCard card;
  const std::uint16_t port = closed_port();
  RunningClient client(slot(card, port));
  ASSERT_TRUE(client.told(EventKind::kWaiting));
  EXPECT_THAT(client.text(EventKind::kWaiting),
              HasSubstr("waiting for pcscd with vpcd on 127.0.0.1:" + std::to_string(port)));
  std::this_thread::sleep_for(10 * test::kFast.retry);
  FakeVpcd vpcd(port);
  ASSERT_EQ(vpcd.port(), port);
  EXPECT_EQ(vpcd.accept().ask(kAtrPoll), kAtrReply);
  EXPECT_EQ(client.times(EventKind::kWaiting), 1) << "said once";
}

TEST(VpcdClientAlone, NamesATakenSlotOnceAndStaysInTheQueue) {
  ScriptedCard card;
  FakeVpcd vpcd;
  RunningClient client(slot(card, vpcd.port()));
  ASSERT_TRUE(client.told(EventKind::kTaken));
  EXPECT_FALSE(client->connected(0));
  std::this_thread::sleep_for(2 * test::kFast.silence);
  EXPECT_EQ(client.times(EventKind::kTaken), 1);
  EXPECT_EQ(vpcd.accept().ask(kAtrPoll), kAtrReply) << "the other card left";
  EXPECT_TRUE(client.told(EventKind::kConnected));
}

TEST(VpcdClientAlone, StopsBeforeAndDuringEverything) {
  ScriptedCard card;
  Client never_run({slot(card, closed_port())}, [](const Event&) {});
  never_run.stop();
  never_run.run();
  RunningClient waiting(slot(card, closed_port()));
  waiting.stop();
  FakeVpcd vpcd;
  RunningClient queued(slot(card, vpcd.port()));
  queued.stop();
}

TEST(VpcdClientAlone, SaysWhenAHostIsNotToBeFound) {
  ScriptedCard card;
  SlotConfig config = slot(card, 1);
  config.host = "no such host";
  RunningClient client(config);
  ASSERT_TRUE(client.told(EventKind::kFailed));
  EXPECT_THAT(client.text(EventKind::kFailed), HasSubstr("cannot find no such host:1"));
}

TEST(VpcdClientAlone, ServesTwoSlots) {
  ScriptedCard card;
  ScriptedCard psam("3B0102");
  FakeVpcd first;
  FakeVpcd second;
  RunningClient client({slot(card, first.port()), slot(psam, second.port())});
  EXPECT_EQ(first.accept().ask(kAtrPoll), kAtrReply);
  EXPECT_EQ(second.accept().ask(kAtrPoll), "0003 3B0102");
}

// The port a listening client says it has.
std::uint16_t listening_port(RunningClient& client, std::ptrdiff_t times = 1) {
  if (!client.told(EventKind::kWaiting, times)) return 0;
  const std::string text = client.text(EventKind::kWaiting);
  return static_cast<std::uint16_t>(std::stoul(text.substr(text.rfind(':') + 1)));
}

TEST(VpcdClientListening, ServesTheReaderThatConnectsAndTheNextOne) {
  ScriptedCard card;
  SlotConfig config = slot(card, 0);
  config.listen = true;
  RunningClient client(config);
  Peer peer = test::connect_to(listening_port(client));
  EXPECT_EQ(peer.ask("000101 000104"), kAtrReply);
  peer.close();
  ASSERT_TRUE(client.told(EventKind::kLost));
  EXPECT_EQ(card.log(), "on off ");
  EXPECT_EQ(test::connect_to(listening_port(client, 2)).ask(kAtrPoll), kAtrReply);
}

TEST(VpcdClientListening, RefusesReadersWhileTheCardIsOut) {
  ScriptedCard card;
  SlotConfig config = slot(card, 0);
  config.listen = true;
  RunningClient client(config);
  const std::uint16_t port = listening_port(client);
  Peer peer = test::connect_to(port);
  EXPECT_EQ(peer.ask(kAtrPoll), kAtrReply);
  EXPECT_FALSE(test::connect_to(port).open()) << "one reader at a time";
  client->remove(0);
  EXPECT_TRUE(peer.ended());
  EXPECT_FALSE(test::connect_to(port).open());
}

TEST(VpcdClientListening, SaysWhenThePortIsTaken) {
  ScriptedCard card;
  const FakeVpcd other;
  SlotConfig config = slot(card, other.port());
  config.listen = true;
  RunningClient client(config);
  ASSERT_TRUE(client.told(EventKind::kFailed));
  EXPECT_THAT(client.text(EventKind::kFailed), EndsWith("(Address already in use)"));
}

}  // namespace
}  // namespace ssc::simulator::vpcd
