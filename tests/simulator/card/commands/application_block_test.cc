// APPLICATION BLOCK. Authentication data and MACs: openssl, under the key values of the check values.
#include "simulator/card/commands/application_block.h"

#include "tests/simulator/medical_card.h"

namespace ssc::simulator::test {
namespace {

constexpr std::string_view kBlock = "841E00010419C85FB1";

void block(MedicalCard& card) {
  ASSERT_EQ(card.authenticate("83"), "9000");
  card.send("0084000008");
  ASSERT_EQ(card.send(kBlock), "9000");
}

TEST(ApplicationBlock, NeedsLkThenAChallengeThenTheMac) {
  MedicalCard card;
  card.send("0084000008");
  EXPECT_EQ(card.send(kBlock), "6982");
  EXPECT_EQ(card.authenticate("87"), "9000");  // DSK is no LK
  card.send("0084000008");
  EXPECT_EQ(card.send(kBlock), "6982");
  EXPECT_EQ(card.authenticate("83"), "9000");
  EXPECT_EQ(card.send(kBlock), "6984");
  card.send("0084000008");
  EXPECT_EQ(card.send("841E00010419C85FB0"), "6988");
  EXPECT_EQ(card.send(kBlock), "6984");
  card.send("0084000008");
  EXPECT_EQ(card.send(kBlock), "9000");
}

TEST(ApplicationBlock, Sm4) {
  MedicalCard card({.cipher = keys::Cipher::kSm4});
  card.send("0084000008");
  EXPECT_EQ(card.send("0082008310"
                      "48EA4120E9BA8894"
                      "0102030405060708"),
            "9000");
  card.send("0084000008");
  EXPECT_EQ(card.send("841E000104CAF19C0B"), "9000");
  EXPECT_EQ(card.send("00A4000002DF04"), "9303");
}

TEST(ApplicationBlock, EverythingButSelectingAnotherApplicationAnswers9303) {
  MedicalCard card;
  block(card);
  for (const char* command :
       {"0084000008", "0020000000", "B056010002", "00B0960004", "841E00010419C85FB1", "00A4020002EF16",
        "00A4020002EF77", "00A4000002DF04", "00A4040006D15600000503", "00C0000010"}) {
    EXPECT_EQ(card.send(command), "9303") << command;
  }
  EXPECT_EQ(card.send("00A4000002DF01").substr(0, 4), "6F08");
  EXPECT_EQ(card.send("0084000008").size(), 20u);
  EXPECT_EQ(card.send("00A4000002DF04"), "9303");
  EXPECT_EQ(card.send("0084000008").size(), 20u);  // DF01 stayed current
}

TEST(ApplicationBlock, IsForGood) {
  MedicalCard card;
  block(card);
  card.card().card().power_off();
  card.card().card().power_on();
  EXPECT_EQ(card.send("00A4000002DF04"), "9303");
  EXPECT_EQ(card.send("00A4000002DF03").substr(0, 4), "6F08");
}

TEST(ApplicationBlock, FailuresLockNoKey) {
  MedicalCard card;
  for (int i = 0; i < 20; ++i) {
    card.send("0084000008");
    EXPECT_EQ(card.send("008200831000000000000000000102030405060708"), "63CF");
  }
  EXPECT_EQ(card.authenticate("83"), "9000");
  for (int i = 0; i < 20; ++i) {
    card.send("0084000008");
    EXPECT_EQ(card.send("841E00010400000000"), "6988");
  }
  block(card);
}

TEST(ApplicationBlock, AnApplicationWithoutLkAndNoApplication) {
  MedicalCard card;
  card.send("00A4000002DF01");
  EXPECT_EQ(card.send(kBlock), "6A88");
  card.send(kSelectSsse);
  EXPECT_EQ(card.send(kBlock), "6985");
  card.send("00A4000000");
  EXPECT_EQ(card.send(kBlock), "6985");
}

TEST(ApplicationBlock, AnotherApplicationsLkDoesNotCount) {
  MedicalCard card;
  card.send("00A4000002DF03");
  EXPECT_EQ(card.authenticate("85"), "9000");
  card.send("00A4000002DF04");
  card.send("0084000008");
  EXPECT_EQ(card.send(kBlock), "6982");
}

TEST(ApplicationBlock, Refusals) {
  MedicalCard card;
  EXPECT_EQ(card.send("841E00000419C85FB1"), "6A86");
  EXPECT_EQ(card.send("841E00010319C85F"), "6700");
  EXPECT_EQ(card.send("001E00010419C85FB1"), "6D00");
}

}  // namespace
}  // namespace ssc::simulator::test
