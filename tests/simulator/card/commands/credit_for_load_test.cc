// CREDIT FOR LOAD. MAC2 and TAC: check values of the reference (DES), openssl (SM4).
#include "simulator/card/commands/credit_for_load.h"

#include "tests/simulator/medical_card.h"

namespace ssc::simulator::test {
namespace {

TEST(CreditForLoad, ChangesBalanceSequenceAndLogAndAnswersTheTac) {
  MedicalCard card;
  card.send(kInitLoad);
  EXPECT_EQ(card.send(kCredit), "57F89B7A9000");
  EXPECT_EQ(card.send("B026000104"), "000005DC9000");
  EXPECT_EQ(card.send("00B201441C"),
            "0003"
            "31"
            "330300000001"
            "20240131120000"
            "000001F4"
            "00000000"
            "00000000"
            "9000");
  EXPECT_EQ(card.send(kInitLoad).substr(8, 4), "0004");
  EXPECT_EQ(card.send("B026000206"),
            "00000010"
            "2023"
            "9000");
}

TEST(CreditForLoad, Sm4) {
  MedicalCard card({.cipher = keys::Cipher::kSm4});
  card.send(kInitLoad);
  EXPECT_EQ(card.send("B02A00000B202401311200000CFB42D204"), "5C26DE619000");
}

TEST(CreditForLoad, TheTacMayTakeTheBalanceBefore) {
  MedicalCard card({.tac_before_load = true});
  card.send(kInitLoad);
  EXPECT_EQ(card.send(kCredit), "F1D1FCE09000");
}

TEST(CreditForLoad, PersonalAccountModeLogsTheFirstAmountOnly) {
  MedicalCard card({.log_record = 0x14});
  card.send(kInitLoad);
  EXPECT_EQ(card.send(kCredit), "57F89B7A9000");
  EXPECT_EQ(card.send("00B2014414"),
            "0003"
            "31"
            "330300000001"
            "20240131120000"
            "000001F4"
            "9000");
}

TEST(CreditForLoad, WrongMacChangesNothing) {
  MedicalCard card;
  card.send(kInitLoad);
  EXPECT_EQ(card.send("B02A00000B20240131120001AE825154"), "9302");
  EXPECT_EQ(card.send("B026000104"), "000003E89000");
  EXPECT_EQ(card.send("00B201441C"), "6A83");
  EXPECT_EQ(card.send("B02E0031020003"), "9406");
  EXPECT_EQ(card.send(kInitLoad).substr(8, 4), "0003");
}

TEST(CreditForLoad, Refusals) {
  MedicalCard card;
  EXPECT_EQ(card.send(kCredit), "6901");
  card.send(kInitLoad);
  EXPECT_EQ(card.send("B02A01000B20240131120000AE825154"), "6A86");
  card.send(kInitLoad);
  EXPECT_EQ(card.send("B02A00000A20240131120000AE8251"), "6700");
}

}  // namespace
}  // namespace ssc::simulator::test
