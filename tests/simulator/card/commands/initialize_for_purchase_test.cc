#include "simulator/card/commands/initialize_for_purchase.h"

#include "tests/simulator/medical_card.h"

namespace ssc::simulator::test {
namespace {

std::string purchase_of(const std::string& personal, const std::string& index = "01") {
  return "B028010113" + index + personal + "0000000A000000C8330300000001";
}

TEST(InitializeForPurchase, AnswersAmountsYearSequenceKeyAndRandom) {
  MedicalCard card;
  EXPECT_EQ(card.send(kInitPurchase),
            "000003E8"
            "00000010"
            "00000020"
            "2023"
            "0005"
            "01"
            "01"
            "A1B2C3D4"
            "9000");
  MedicalCard sm4({.cipher = keys::Cipher::kSm4});
  EXPECT_EQ(sm4.send(std::string(kInitPurchase) + "16"),
            "000003E800000010000000202023000501"
            "03"
            "A1B2C3D4"
            "9000");
}

TEST(InitializeForPurchase, MoneyDownToZero) {
  MedicalCard card;
  EXPECT_EQ(card.send(purchase_of("000003E8")).substr(0, 8), "000003E8");
  EXPECT_EQ(card.send(purchase_of("000003E9")), "9401");
}

TEST(InitializeForPurchase, IndexBeforeCounterBeforeMoney) {
  MedicalCard card;
  EXPECT_EQ(card.send(purchase_of("000003E9", "02")), "9403");
  MedicalCard last({.amounts = {.purchase_sequence = "FFFF"}});
  EXPECT_EQ(last.send(purchase_of("000003E9", "02")), "9403");
  EXPECT_EQ(last.send(purchase_of("000003E9")), "9402");
  EXPECT_EQ(last.send(purchase_of("00000001")), "9402");
}

TEST(InitializeForPurchase, NeedsThePin) {
  MedicalCard card(core::build_image(medical_model()));
  EXPECT_EQ(card.send(kInitPurchase), "6982");
}

TEST(InitializeForPurchase, Refusals) {
  MedicalCard card;
  EXPECT_EQ(card.send("B02801021301000000640000000A000000C8330300000001"), "6A86");
  EXPECT_EQ(card.send("B02801011201000000640000000A000000C83303000000"), "6700");
  EXPECT_EQ(card.send(std::string(kInitPurchase) + "15"), "6700");
}

}  // namespace
}  // namespace ssc::simulator::test
