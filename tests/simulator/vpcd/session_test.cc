#include "simulator/vpcd/session.h"

#include <gtest/gtest.h>

#include "tests/simulator/vpcd/scripted_card.h"

namespace ssc::simulator::vpcd {
namespace {

using apdu::Bytes;
using test::hex;
using test::ScriptedCard;

// What goes back over the wire, as hex.
std::string take(Session& session, std::string_view payload) {
  Bytes out;
  session.take(hex(payload), out);
  return apdu::to_hex(out);
}

TEST(Session, KnowsControlBytesByTheirLength) {
  EXPECT_EQ(classify(hex("00")), Message::kPowerOff);
  EXPECT_EQ(classify(hex("01")), Message::kPowerOn);
  EXPECT_EQ(classify(hex("02")), Message::kReset);
  EXPECT_EQ(classify(hex("04")), Message::kAtr);
  EXPECT_EQ(classify(hex("03")), Message::kCommand);
  EXPECT_EQ(classify(hex("FF")), Message::kCommand);
  EXPECT_EQ(classify(hex("0000")), Message::kCommand);
  EXPECT_EQ(classify({}), Message::kCommand);
}

TEST(Session, PowersAndResetsWithoutReply) {
  ScriptedCard card;
  Session session(card);
  EXPECT_EQ(take(session, "01"), "");
  EXPECT_TRUE(session.powered());
  EXPECT_EQ(take(session, "02"), "");
  EXPECT_EQ(take(session, "00"), "");
  EXPECT_FALSE(session.powered());
  EXPECT_EQ(card.log(), "on reset off ");
}

TEST(Session, TakesAResetWithoutPowerForAPowerOn) {
  ScriptedCard card;
  Session session(card);
  take(session, "02");
  EXPECT_TRUE(session.powered());
  EXPECT_EQ(card.log(), "on ");
}

TEST(Session, GivesTheAtrAndCountsThePolls) {
  ScriptedCard card("3B6500002063CB6800");
  Session session(card);
  EXPECT_EQ(take(session, "04"), "00093B6500002063CB6800");
  EXPECT_EQ(take(session, "04"), "00093B6500002063CB6800");
  EXPECT_EQ(session.atr_polls(), 2u);
  EXPECT_EQ(session.commands(), 0u);
  EXPECT_EQ(card.log(), "") << "a poll is not the card's business";
}

TEST(Session, AnswersACommandOnce) {
  ScriptedCard card;
  Session session(card);
  take(session, "01");
  EXPECT_EQ(take(session, "0084000008"), "000700840000089000");
  EXPECT_EQ(take(session, "FF"), "0003FF9000") << "a command of one byte";
  EXPECT_EQ(take(session, ""), "00029000") << "a command of no bytes";
  EXPECT_EQ(session.commands(), 3u);
}

// A length of 0 hangs vpcd for good.
TEST(Session, NeverRepliesWithLengthZero) {
  ScriptedCard card("");
  Session session(card);
  EXPECT_EQ(take(session, "04"), "00026F00");
}

TEST(Session, TakesPowerOnceWhenTheConnectionIsLost) {
  ScriptedCard card;
  Session session(card);
  session.lose_power();
  EXPECT_EQ(card.log(), "") << "there was none to lose";
  take(session, "01");
  session.lose_power();
  session.lose_power();
  EXPECT_EQ(card.log(), "on off ");
}

TEST(Session, SwapsTheCardWithoutPower) {
  ScriptedCard old_card("3B00");
  ScriptedCard new_card("3B0101");
  Session session(old_card);
  take(session, "01");
  session.swap_card(new_card);
  EXPECT_EQ(old_card.log(), "on off ");
  EXPECT_FALSE(session.powered());
  EXPECT_EQ(take(session, "04"), "00033B0101");
  take(session, "01");
  EXPECT_EQ(new_card.log(), "on ");
}

}  // namespace
}  // namespace ssc::simulator::vpcd
