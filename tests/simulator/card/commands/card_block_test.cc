// CARD BLOCK. Authentication data and MACs: openssl, under the key values of the check values.
#include "simulator/card/commands/card_block.h"

#include "tests/simulator/medical_card.h"

namespace ssc::simulator::test {
namespace {

constexpr std::string_view kBlock = "8416000004FB69C2C3";

TEST(CardBlock, NeedsBkThenAChallengeThenTheMac) {
  MedicalCard card;
  card.send(kSelectSsse);
  card.send("0084000008");
  EXPECT_EQ(card.send(kBlock), "6982");
  EXPECT_EQ(card.authenticate("06"), "9000");  // PUK is no BK
  card.send("0084000008");
  EXPECT_EQ(card.send(kBlock), "6982");
  EXPECT_EQ(card.authenticate("05"), "9000");
  EXPECT_EQ(card.send(kBlock), "6984");
  for (int i = 0; i < 20; ++i) {
    card.send("0084000008");
    EXPECT_EQ(card.send("8416000004FB69C2C2"), "6988");
  }
  card.send("0084000008");
  EXPECT_EQ(card.send(kBlock), "9000");
}

TEST(CardBlock, EveryCommandAnswers6A81ForGood) {
  MedicalCard card;
  EXPECT_EQ(card.authenticate("05"), "9000");  // also from an application of the SSSE
  card.send("0084000008");
  EXPECT_EQ(card.send(kBlock), "9000");
  for (int power = 0; power < 2; ++power) {
    for (const char* command : {"00A4000000", "00A4000002DF01", "0084000008", "0020000000", "B056010002",
                                "8416000004FB69C2C3", "FFEE0000", "00C0000010", "00A40400"}) {
      EXPECT_EQ(card.send(command), "6A81") << command;
    }
    card.card().card().power_off();
    card.card().card().power_on();
  }
}

TEST(CardBlock, Sm4) {
  MedicalCard card({.cipher = keys::Cipher::kSm4});
  card.send("0084000008");
  EXPECT_EQ(card.send("0082000510"
                      "48EA4120E9BA8894"
                      "0102030405060708"),
            "9000");
  card.send("0084000008");
  EXPECT_EQ(card.send("84160000044FD09A16"), "9000");
  EXPECT_EQ(card.send("00A4000000"), "6A81");
}

TEST(CardBlock, AnEnvironmentWithoutStk) {
  MedicalCard card;
  card.send("00A4000000");
  EXPECT_EQ(card.send(kBlock), "6A88");
}

TEST(CardBlock, Refusals) {
  MedicalCard card;
  EXPECT_EQ(card.send("8416000104FB69C2C3"), "6A86");
  EXPECT_EQ(card.send("8416000003FB69C2"), "6700");
}

}  // namespace
}  // namespace ssc::simulator::test
