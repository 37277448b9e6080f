// A command's way through the card OS: order of checks, commit, presentation.
#include "simulator/core/card_os.h"

#include "tests/simulator/test_card.h"

namespace ssc::simulator::test {
namespace {

TEST(CardOs, WithoutPowerAnswers6F00) {
  TestCard card;
  card.card().power_off();
  EXPECT_EQ(card.send("0084000008"), "6F00");
}

TEST(CardOs, ShorterThanAHeaderIsWrongLength) {
  TestCard card;
  EXPECT_EQ(card.send(""), "6700");
  EXPECT_EQ(card.send("008400"), "6700");
}

TEST(CardOs, ClassBeforeInstructionBeforeParametersBeforeLength) {
  TestCard card;
  EXPECT_EQ(card.send("7099FFFF"), "6E00");
  EXPECT_EQ(card.send("0099FFFF"), "6D00");
  EXPECT_EQ(card.send("0084010001"), "6A86");
  EXPECT_EQ(card.send("0084000001"), "6700");
  EXPECT_EQ(card.send("00D6810001AA"), "6A82");  // SFI 1 is no file here: asked before the right
}

TEST(CardOs, ExtendedLengthIs6700) {
  TestCard card;
  EXPECT_EQ(card.send("00840000000008"), "6700");
}

TEST(CardOs, ResetLosesWhatIsVolatile) {
  TestCard card;
  EXPECT_EQ(card.send("0020000003123456"), "9000");
  EXPECT_EQ(card.send("00A4000002DF01"), "6F088406D156000005009000");
  EXPECT_EQ(card.send("00B2012C04"), "200231309000");
  card.card().reset();
  EXPECT_EQ(card.send("00A4000002DF01"), "6F088406D156000005009000");
  EXPECT_EQ(card.send("00B2012C04"), "6982");
}

TEST(CardOs, LoneFifthByteOfVerifyIsLc) {
  TestCard card;
  EXPECT_EQ(card.send("00200000"), "63C3");
  EXPECT_EQ(card.send("0020000000"), "63C3");
  EXPECT_EQ(card.send("0020000003"), "6700");
}

// 6F00 means a defect, but for GET RESPONSE with nothing waiting (Part 5 §6.6).
TEST(CardOs, EveryClassAndInstructionIsAnswered) {
  TestCard card;
  for (unsigned cla = 0; cla < 256; ++cla) {
    for (unsigned ins = 0; ins < 256; ++ins) {
      const Bytes command{static_cast<std::uint8_t>(cla), static_cast<std::uint8_t>(ins), 0, 0, 0};
      const bool get_response = cla == 0x00 && ins == 0xC0;
      EXPECT_EQ(card.card().transmit(command).status == apdu::sw::data_invalid, get_response)
          << cla << " " << ins;
    }
  }
}

class RawCard : public ::testing::Test {
 protected:
  static CardModel raw() {
    CardModel model = small_card();
    model.t0.presentation = profile::Presentation::kRaw;
    return model;
  }
  TestCard card_{raw()};
};

TEST_F(RawCard, Case4AnnouncesAndGetResponseFetches) {
  EXPECT_EQ(card_.send("00A4000002DF01"), "610A");
  EXPECT_EQ(card_.send("00C0000000"), "6C0A");
  EXPECT_EQ(card_.send("00C000000B"), "6C0A");
  EXPECT_EQ(card_.send("00C0000004"), "6F0884066106");
  EXPECT_EQ(card_.send("00C0000006"), "D156000005009000");
  EXPECT_EQ(card_.send("00C0000001"), "6F00");
}

TEST_F(RawCard, AnotherCommandDiscardsWhatWaits) {
  EXPECT_EQ(card_.send("00A4000002DF01"), "610A");
  EXPECT_EQ(card_.send("0084000008"), "11223344556677889000");
  EXPECT_EQ(card_.send("00C000000A"), "6F00");
}

TEST_F(RawCard, WrongLeOfARecordSaysTheRightOne) {
  EXPECT_EQ(card_.send("00B2012C00"), "6C03");
  EXPECT_EQ(card_.send("00B2012C03"), "0201339000");
}

TEST(CardOs, LenientLeTruncatesOrGivesTheWholeRecord) {
  CardModel model = small_card();
  model.t0.le = profile::LeRule::kLenient;
  TestCard card(model);
  EXPECT_EQ(card.send("00B2012C00"), "0201339000");
  EXPECT_EQ(card.send("00B2012C01"), "029000");
  EXPECT_EQ(card.send("00B2012CFE"), "0201339000");
}

// 6Cxx counts as not done: the record pointer of "next" stays where it was (Part 2 §9.3.2).
TEST(CardOs, WithdrawnCommandMovesNothing) {
  TestCard card;
  EXPECT_EQ(card.send("00A4020002EF05"), "9000");
  EXPECT_EQ(card.send("00B2000204"), "6C03");
  EXPECT_EQ(card.send("00B2000203"), "0201339000");
  EXPECT_EQ(card.send("00B2000206"), "0304322E30309000");
}

}  // namespace
}  // namespace ssc::simulator::test
