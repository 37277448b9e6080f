// DEBIT FOR PURCHASE. MAC1, MAC2 and TAC: check values of the reference (DES), openssl (SM4 and other dates).
#include "simulator/card/commands/debit_for_purchase.h"

#include "tests/simulator/medical_card.h"

namespace ssc::simulator::test {
namespace {

TEST(DebitForPurchase, ChangesAllAndAnswersTacAndMac2) {
  MedicalCard card;
  card.send(kInitPurchase);
  EXPECT_EQ(card.send(kDebit),
            "33208951"
            "7B82B3E1"
            "9000");
  EXPECT_EQ(card.send("B026000104"),
            "00000384"
            "9000");
  EXPECT_EQ(card.send("B026000206"),
            "0000001A"
            "2023"
            "9000");
  EXPECT_EQ(card.send("B026000306"),
            "000000E8"
            "2023"
            "9000");
  EXPECT_EQ(card.send("00B201441C"),
            "0005"
            "32"
            "330300000001"
            "20240131120000"
            "00000064"
            "0000000A"
            "000000C8"
            "9000");
  EXPECT_EQ(card.send(kInitPurchase).substr(28, 4), "0006");
}

TEST(DebitForPurchase, Sm4) {
  MedicalCard card({.cipher = keys::Cipher::kSm4});
  card.send(kInitPurchase);
  EXPECT_EQ(card.send("B02C01000F00000123202401311200000FAA970308"),
            "85C77666"
            "5D7D6DF2"
            "9000");
}

TEST(DebitForPurchase, TypeByteCanBeBinary) {
  MedicalCard card({.binary_type = true});
  card.send(kInitPurchase);
  EXPECT_EQ(card.send("B02C01000F0000012320240131120000FB3D40FB"),
            "76829105"
            "7B82B3E1"
            "9000");
}

// The pay year runs from the starting day 0401: 2024-01-31 is still in 2023, 2024-04-01 is not.
TEST(DebitForPurchase, AnotherPayYearBeginsTheTotalsAnew) {
  MedicalCard card;
  card.send(kInitPurchase);
  EXPECT_EQ(card.send("B02C01000F00000123202404011200008F5AB9E3"),
            "5A4EDFA4"
            "7B82B3E1"
            "9000");
  EXPECT_EQ(card.send("B026000206"),
            "0000000A"
            "2024"
            "9000");
  EXPECT_EQ(card.send("B026000306"),
            "000000C8"
            "2024"
            "9000");
}

TEST(DebitForPurchase, TheLastMomentOfThePayYear) {
  MedicalCard card;
  card.send(kInitPurchase);
  EXPECT_EQ(card.send("B02C01000F00000123202403312359591675B422"),
            "E1A064CB"
            "7B82B3E1"
            "9000");
  EXPECT_EQ(card.send("B026000206"),
            "0000001A"
            "2023"
            "9000");
}

TEST(DebitForPurchase, PersonalAccountModeKeepsNoTotals) {
  MedicalCard card(
      {.amounts = {.self_paid = "00000000", .pooled = "00000000", .pay_year = "0000", .starting_day = "0000"},
       .log_record = 0x14});
  card.send(kInitPurchase);
  EXPECT_EQ(card.send(kDebit),
            "33208951"
            "7B82B3E1"
            "9000");
  EXPECT_EQ(card.send("B026000104"),
            "00000384"
            "9000");
  EXPECT_EQ(card.send("B026000206"),
            "00000000"
            "0000"
            "9000");
  EXPECT_EQ(card.send("00B2014414"),
            "0005"
            "32"
            "330300000001"
            "20240131120000"
            "00000064"
            "9000");
}

TEST(DebitForPurchase, ATotalThatWouldNotFitChangesNothing) {
  MedicalCard card({.amounts = {.pooled = "FFFFFFF0"}});
  card.send(kInitPurchase);
  EXPECT_EQ(card.send(kDebit), "6985");
  EXPECT_EQ(card.send("B026000104"),
            "000003E8"
            "9000");
  EXPECT_EQ(card.send("B02E0032020005"), "9406");
  EXPECT_EQ(card.send("00B201441C"), "6A83");
}

TEST(DebitForPurchase, ADateThatIsNone) {
  MedicalCard card;
  card.send(kInitPurchase);
  EXPECT_EQ(card.send("B02C01000F000001232024A1311200002A3DEA82"), "6985");
  EXPECT_EQ(card.send("B026000104"),
            "000003E8"
            "9000");
}

TEST(DebitForPurchase, WrongMacChangesNothing) {
  MedicalCard card;
  card.send(kInitPurchase);
  EXPECT_EQ(card.send("B02C01000F0000012420240131120000747B8421"), "9302");
  EXPECT_EQ(card.send("B026000104"),
            "000003E8"
            "9000");
  EXPECT_EQ(card.send("B02E0032020005"), "9406");
}

TEST(DebitForPurchase, Refusals) {
  MedicalCard card;
  card.send(kInitPurchase);
  EXPECT_EQ(card.send("B02C00000F0000012320240131120000747B8421"), "6A86");
  card.send(kInitPurchase);
  EXPECT_EQ(card.send("B02C01000E0000012320240131120000747B84"), "6700");
}

}  // namespace
}  // namespace ssc::simulator::test
