// GET TRANSACTION PROOF: what the transaction answered, again, after power was lost.
#include "simulator/card/commands/get_transaction_proof.h"

#include "tests/simulator/medical_card.h"

namespace ssc::simulator::test {
namespace {

void lose_power(MedicalCard& card) {
  card.card().card().power_off();
  card.card().card().power_on();
  card.send("00A4000002DF04");
}

TEST(GetTransactionProof, OfAPurchaseWithoutThePin) {
  MedicalCard card;
  card.send(kInitPurchase);
  ASSERT_EQ(card.send(kDebit),
            "33208951"
            "7B82B3E1"
            "9000");
  lose_power(card);
  for (const char* type : {"02", "32"}) {
    EXPECT_EQ(card.send("B02E00" + std::string(type) + "02000508"),
              "7B82B3E1"
              "33208951"
              "9000")
        << type;
  }
  EXPECT_EQ(card.send("B02E0032020006"), "9406");
  EXPECT_EQ(card.send("B02E0031020005"), "9406");
}

TEST(GetTransactionProof, OfALoadBesideThatOfAPurchase) {
  MedicalCard card;
  card.send(kInitLoad);
  ASSERT_EQ(card.send(kCredit), "57F89B7A9000");
  card.send(kInitPurchase);
  ASSERT_EQ(card.send(kDebit),
            "33208951"
            "7B82B3E1"
            "9000");
  lose_power(card);
  EXPECT_EQ(card.send("B02E0001020003"),
            "AE825154"
            "57F89B7A"
            "9000");
  EXPECT_EQ(card.send("B02E0031020003"),
            "AE825154"
            "57F89B7A"
            "9000");
  EXPECT_EQ(card.send("B02E0032020005"),
            "7B82B3E1"
            "33208951"
            "9000");
}

TEST(GetTransactionProof, NoneBeforeTheTransactionIsComplete) {
  MedicalCard card;
  EXPECT_EQ(card.send("B02E0032020005"), "9406");
  card.send(kInitPurchase);
  lose_power(card);
  EXPECT_EQ(card.send("B02E0032020005"), "9406");
}

TEST(GetTransactionProof, Refusals) {
  MedicalCard card;
  EXPECT_EQ(card.send("B02E0033020005"), "6A86");
  EXPECT_EQ(card.send("B02E003203000005"), "6700");
  EXPECT_EQ(card.send("B02E003202000507"), "6700");
}

}  // namespace
}  // namespace ssc::simulator::test
