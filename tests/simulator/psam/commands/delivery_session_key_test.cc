#include "tests/simulator/psam/test_psam.h"

namespace ssc::simulator::test {
namespace {

constexpr const char* kFactorsOf990100 = "868499010000000139393031303073783939303030307368";
const std::string kThreeLevelsSm4 =
    std::string("BFDE672028") + kFactorsOf990100 + "11223344556677880000000000000000";

// Vector LB002-PSAM-AUTH: one level, card factor ‖ the card's challenge, then the original information.
TEST(DeliverySessionKey, OneLevelUnderDesGivesTheAuthenticationData) {
  TestPsam psam;
  EXPECT_EQ(psam.send("BFDE270810 8684990100000001 D35A1BBD61EFDEFD"), "9000");
  EXPECT_EQ(psam.send("80FA000008 0102030405060708"), "424FF66E4DFA6C789000");
}

// Vector P9-DELIVERY-16: national root, factors last level first.
TEST(DeliverySessionKey, ThreeLevelsUnderSm4GiveAllSixteenBytes) {
  TestPsam psam;
  psam.enter_sm4();
  EXPECT_EQ(psam.send(kThreeLevelsSm4), "9000");
  EXPECT_EQ(psam.send("80FA000010 01020304050607080000000000000000"), "1C0E3A5D72908F08F06A49997A984F1B9000");
}

// Vectors P9-DIV-16-CARD: the order of the factors decides the key, so another order gives another answer.
TEST(DeliverySessionKey, FactorsInAnotherOrderGiveAnotherKey) {
  TestPsam psam;
  psam.enter_sm4();
  EXPECT_EQ(psam.send("BFDE672028 3939303030307368 3939303130307378 8684990100000001 "
                      "11223344556677880000000000000000"),
            "9000");
  EXPECT_NE(psam.send("80FA000010 01020304050607080000000000000000"), "1C0E3A5D72908F08F06A49997A984F1B9000");
}

TEST(DeliverySessionKey, ProbingAnotherLevelSaysTheLevelsDiffer) {
  TestPsam psam;
  EXPECT_EQ(psam.send("BFDE670820 8684990100000001 3939303130307378 3939303030307368 1122334455667788"),
            "6A80");
  EXPECT_EQ(psam.send("BFDE470818 8684990100000001 3939303130307378 1122334455667788"), "6A80");
}

TEST(DeliverySessionKey, FactorsThatDoNotFitTheLevelsOfP1AreRefused) {
  TestPsam psam;
  EXPECT_EQ(psam.send("BFDE270808 1122334455667788"), "6A80");
  EXPECT_EQ(psam.send("BFDE270818 8684990100000001 3939303130307378 1122334455667788"), "6A80");
}

TEST(DeliverySessionKey, AKeyThatIsMissingOrOfAnotherTypeIsNotFound) {
  TestPsam psam;
  EXPECT_EQ(psam.send("BFDE277710 8684990100000001 D35A1BBD61EFDEFD"), "6A88");
  EXPECT_EQ(psam.send("BFDE260810 8684990100000001 D35A1BBD61EFDEFD"), "6A88");
}

// Part 9 §6.2-6.3: levels 0 to 3, types 2 6 7 8 9 12.
TEST(DeliverySessionKey, AUsageThatIsNoneIsAWrongParameter) {
  TestPsam psam;
  for (const char* usage : {"60", "61", "63", "65", "6A", "6B", "6D", "7F", "87", "E8"})
    EXPECT_EQ(psam.send("BFDE" + std::string(usage) + "7708 1122334455667788"), "6A86") << usage;
  for (const char* usage : {"02", "26", "47", "68", "09", "2C"})
    EXPECT_EQ(psam.send("BFDE" + std::string(usage) + "7708 1122334455667788"), "6A88") << usage;
}

TEST(DeliverySessionKey, AFactorShorterThanOneBlockIsAWrongLength) {
  TestPsam psam;
  EXPECT_EQ(psam.send("BFDE270807 11223344556677"), "6700");
  psam.enter_sm4();
  EXPECT_EQ(psam.send("BFDE060908 1122334455667788"), "6700");
}

TEST(DeliverySessionKey, NeedsAnApplication) {
  TestPsam psam;
  psam.send("00A4000000");
  EXPECT_EQ(psam.send("BFDE270810 8684990100000001 D35A1BBD61EFDEFD"), "6985");
}

TEST(DeliverySessionKey, ARefusalKeepsTheKeyThatWasDelivered) {
  TestPsam psam;
  psam.send("BFDE270810 8684990100000001 D35A1BBD61EFDEFD");
  psam.send("BFDE277710 8684990100000001 0000000000000000");
  EXPECT_EQ(psam.send("80FA000008 0102030405060708"), "424FF66E4DFA6C789000");
}

TEST(DeliverySessionKey, TheSecretCipherIsNotSupported) {
  TestPsam psam(psam_with_ssf33());
  psam.send("BFEC000001 11");
  psam.send(kSelectApplication);
  EXPECT_EQ(psam.send(kThreeLevelsSm4), "6A81");
  EXPECT_EQ(psam.send("80FA000010 01020304050607080000000000000000"), "6A81");
}

}  // namespace
}  // namespace ssc::simulator::test
