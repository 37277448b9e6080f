// Expected values: openssl des-ede, des-ede-cbc, sm4-ecb and sm4-cbc over the rules of Part 7 §12 and Part 9
// §7.
#include "tests/simulator/psam/test_psam.h"

namespace ssc::simulator::test {
namespace {

// Random A1B2C3D4, card sequence 7, amounts 100, 50 and 10 fen, type 32, date and time; then version and
// algorithm.
constexpr const char* kItems = "A1B2C3D4 0007 00000064 00000032 0000000A 32 20261123 093000 ";
constexpr const char* kThreeFactors = "8684990100000001 3939303130307378 3939303030307368";

std::string three_levels() { return std::string("8070010034") + kItems + "0101" + kThreeFactors; }
std::string one_level() { return std::string("8070010024") + kItems + "0201" + "8684990100000001"; }

// Under DES.
TEST(InitSamForPurchase, AnswersTheSequenceAndMac1) {
  TestPsam psam;
  EXPECT_EQ(psam.send(one_level()), "000000005ECFEEB09000");
}

TEST(InitSamForPurchase, ThreeLevelsGiveTheCardsOwnKey) {
  TestPsam psam;
  EXPECT_EQ(psam.send(three_levels()), "00000000D3BEB9F39000");
}

TEST(InitSamForPurchase, CountsTheTerminalSequenceUp) {
  TestPsam psam;
  psam.send(three_levels());
  EXPECT_EQ(psam.send(three_levels()), "000000016EDE26359000");
  EXPECT_EQ(psam.send("00B0990004"), "000000029000");
}

TEST(InitSamForPurchase, UnderSm4Mac1IsTheFold) {
  TestPsam psam;
  psam.enter_sm4();
  EXPECT_EQ(psam.send(three_levels()), "00000000E2756A3F9000");
  EXPECT_EQ(psam.send("8072000004 ADED2C59"), "9000");
}

TEST(InitSamForPurchase, ARefusalCountsNothing) {
  TestPsam psam;
  EXPECT_EQ(psam.send(std::string("8070010024") + kItems + "0101 8684990100000001"), "6700");
  EXPECT_EQ(psam.send(std::string("8070010024") + kItems + "0301 8684990100000001"), "6A88");
  EXPECT_EQ(psam.send("00B0990004"), "000000009000");
}

TEST(InitSamForPurchase, NeedsAnApplication) {
  TestPsam psam;
  psam.send("00A4000000");
  EXPECT_EQ(psam.send(one_level()), "6985");
}

TEST(InitSamForPurchase, WithoutATerminalNumberThereIsNoPurchase) {
  CardModel model = small_psam();
  model.dfs[0].files.pop_back();
  EXPECT_EQ(TestPsam(model).send(one_level()), "6985");
}

TEST(InitSamForPurchase, ASequenceAtItsEndCountsNoFurther) {
  CardModel model = small_psam();
  model.dfs[1].files[0].records = {hex("FFFFFFFF")};
  EXPECT_EQ(TestPsam(model).send(one_level()), "6985");
}

TEST(CreditSamForPurchase, TakesTheRightMac2Once) {
  TestPsam psam;
  psam.send(three_levels());
  EXPECT_EQ(psam.send("8072000004 2CC61E59"), "9000");
  EXPECT_EQ(psam.send("8072000004 2CC61E59"), "6901");
}

TEST(CreditSamForPurchase, AWrongMac2EndsThePurchase) {
  TestPsam psam;
  psam.send(three_levels());
  EXPECT_EQ(psam.send("8072000004 2CC61E58"), "63CF");
  EXPECT_EQ(psam.send("8072000004 2CC61E59"), "6901");
}

// Table 31 beside §9.10.1.
TEST(CreditSamForPurchase, AWrongMac2Is9302WhereTheCardFileSaysSo) {
  CardModel model = small_psam();
  model.wrong_mac2_is_9302 = true;
  TestPsam psam(model);
  psam.send(three_levels());
  EXPECT_EQ(psam.send("8072000004 2CC61E58"), "9302");
  EXPECT_EQ(psam.send("8072000004 2CC61E59"), "6901");
}

TEST(CreditSamForPurchase, WithoutAPurchaseIsOutOfOrder) {
  EXPECT_EQ(TestPsam().send("8072000004 2CC61E59"), "6901");
}

TEST(CreditSamForPurchase, WantsTheApplication) {
  TestPsam psam;
  psam.send(three_levels());
  psam.send("00A4000000");
  EXPECT_EQ(psam.send("8072000004 2CC61E59"), "6985");
}

TEST(CreditSamForPurchase, AnotherEnvironmentEndsThePurchase) {
  TestPsam psam;
  psam.send(three_levels());
  psam.send("BFEC000001 99");
  psam.send(kSelectApplication);
  EXPECT_EQ(psam.send("8072000004 2CC61E59"), "6901");
}

}  // namespace
}  // namespace ssc::simulator::test
