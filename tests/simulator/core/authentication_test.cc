// EXTERNAL and INTERNAL AUTHENTICATION, rights and their life. Expected cryptograms: the check values of the
// reference (K, R, O).
#include "tests/simulator/test_card.h"

namespace ssc::simulator::test {
namespace {

// Authentication data of O = 0102030405060708 under K with session factor R (Part 4 §9.3).
constexpr std::string_view kDesProof = "EDC04656487FEAFE";
constexpr std::string_view kSm4Proof = "C045DA453F109C45";

std::string authenticate(TestCard& card, std::string_view kid, std::string_view proof,
                         std::string_view version = "") {
  EXPECT_EQ(card.send("0084000008"), "11223344556677889000");
  const std::string lc = version.empty() ? "10" : "11";
  return card.send("008200" + std::string(kid) + lc + std::string(proof) + "0102030405060708" +
                   std::string(version));
}

TEST(ExternalAuthentication, RightDataOpensItsFileAndNoOther) {
  TestCard card;
  card.send("00A4000002DF01");
  EXPECT_EQ(card.send("00DC01280420023939"), "6982");
  EXPECT_EQ(authenticate(card, "83", kDesProof), "9000");
  EXPECT_EQ(card.send("00DC20280420023939"), "9000");
  EXPECT_EQ(card.send("00B2012C04"), "6982");
  EXPECT_EQ(card.send("0020000003123456"), "9000");
  EXPECT_EQ(card.send("00B2012C04"), "200239399000");
}

TEST(ExternalAuthentication, Sm4) {
  TestCard card(small_card(keys::Cipher::kSm4));
  card.send("00A4000002DF01");
  EXPECT_EQ(authenticate(card, "83", kSm4Proof), "9000");
}

// The card gives 16 bytes under any cipher (Part 5 §6.5); they make a session key only where the block has 16
// (Part 4 §8.4).
TEST(ExternalAuthentication, RandomOfSixteenBytesIsNoneUnderDes) {
  constexpr std::string_view kWrong = "008200041000000000000000000102030405060708";
  TestCard des;
  des.send("0084000010");
  EXPECT_EQ(des.send(kWrong), "6984");
  TestCard sm4(small_card(keys::Cipher::kSm4));
  sm4.send("0084000010");
  EXPECT_EQ(sm4.send(kWrong), "63C2");
}

TEST(ExternalAuthentication, VersionByteChoosesTheGroup) {
  TestCard card;
  EXPECT_EQ(authenticate(card, "04", kDesProof, "01"), "9000");
  EXPECT_EQ(authenticate(card, "04", kDesProof, "00"), "9000");
  EXPECT_EQ(authenticate(card, "04", kDesProof, "02"), "6A88");
}

TEST(ExternalAuthentication, WrongDataCountsDownAndLocks) {
  TestCard card;
  EXPECT_EQ(authenticate(card, "04", "0000000000000000"), "63C2");
  EXPECT_EQ(authenticate(card, "04", kDesProof), "9000");
  for (const char* left : {"63C2", "63C1", "63C0"})
    EXPECT_EQ(authenticate(card, "04", "0000000000000000"), left);
  EXPECT_EQ(authenticate(card, "04", kDesProof), "6983");
  EXPECT_EQ(authenticate(card, "06", kDesProof), "9000");  // another key's counter is its own
}

TEST(ExternalAuthentication, BlockKeyNeverLocks) {
  TestCard card;
  for (int i = 0; i < 20; ++i) EXPECT_EQ(authenticate(card, "05", "0000000000000000"), "63CF");
  EXPECT_EQ(authenticate(card, "05", kDesProof), "9000");
}

TEST(ExternalAuthentication, NeedsAFreshChallengeOfThisApplication) {
  TestCard card;
  const std::string command = "0082000410" + std::string(kDesProof) + "0102030405060708";
  EXPECT_EQ(card.send(command), "6984");
  EXPECT_EQ(authenticate(card, "04", kDesProof), "9000");
  EXPECT_EQ(card.send(command), "6984");
  EXPECT_EQ(card.send("0084000008"), "11223344556677889000");
  card.send("00A4000002DF01");
  EXPECT_EQ(card.send(command), "6984");
}

// Part 4 §8.4: 4 or 8 bytes make a session key of an 8-byte cipher, 16 only of a 16-byte one.
TEST(ExternalAuthentication, ARandomLongerThanTheBlockIsNoReference) {
  const std::string command = "0082000410" + std::string(kDesProof) + "0102030405060708";
  TestCard des;
  EXPECT_EQ(des.send("0084000010").size(), 36U);
  EXPECT_EQ(des.send(command), "6984");
  TestCard sm4(small_card(keys::Cipher::kSm4));
  EXPECT_EQ(sm4.send("0084000010").size(), 36U);
  EXPECT_EQ(sm4.send(command), "63C2");
}

TEST(ExternalAuthentication, UnknownKeysAndOtherPurposes) {
  TestCard card;
  EXPECT_EQ(authenticate(card, "00", kDesProof), "6A88");  // IRK proves the card, not the outside
  EXPECT_EQ(authenticate(card, "02", kDesProof), "6A88");  // STK
  EXPECT_EQ(authenticate(card, "0F", kDesProof), "6A88");
  EXPECT_EQ(authenticate(card, "83", kDesProof), "6A88");  // the SSSE has no local key 83
}

TEST(ExternalAuthentication, LocalStateEndsWithAnotherApplicationGlobalStays) {
  TestCard card;
  EXPECT_EQ(authenticate(card, "04", kDesProof), "9000");
  card.send("00A4000002DF01");
  EXPECT_EQ(authenticate(card, "83", kDesProof), "9000");
  card.send("00A4000002DF01");  // the same DF again keeps it
  EXPECT_EQ(card.send("00DC20280420023939"), "9000");
  card.send("00A4000002DF02");
  EXPECT_EQ(card.send("00DC20280420023939"), "6982");  // the same id, another key
  card.send("00A4000002DF01");
  EXPECT_EQ(card.send("00DC20280420023939"), "6982");
  card.send("00A40000023F00");
  EXPECT_EQ(card.send("00DC02280302"
                      "0132"),
            "9000");  // UKSSSE is still there
}

// Clients differ in which of two randoms is the factor; a card file may let both count.
TEST(NamedSettings, TheRandomBeforeTheLastCountsWhereTheCardSaysSo) {
  // Over 1122334455667788, the first random; the second is another.
  const std::string over_first = "0082000410" + std::string(kDesProof) + "0102030405060708";
  CardModel model = small_card();
  model.takes_last_two_randoms = true;
  for (const bool lenient : {true, false}) {
    model.takes_last_two_randoms = lenient;
    TestCard card(model);
    card.send("0084000008");
    EXPECT_EQ(card.send("0084000004"), "112233449000");
    EXPECT_EQ(card.send(over_first), lenient ? "9000" : "63C2");
    EXPECT_EQ(card.send(over_first), "6984");
  }
}

TEST(NamedSettings, KeyZeroIsTheOneTheLastRefusalAskedFor) {
  CardModel model = small_card();
  model.key_zero_is_last_refused = true;
  TestCard card(model);
  card.send("00A4000002DF01");
  EXPECT_EQ(authenticate(card, "00", kDesProof), "6A88");
  EXPECT_EQ(card.send("00DC20280420023939"), "6982");
  EXPECT_EQ(authenticate(card, "00", kDesProof), "9000");
  EXPECT_EQ(card.send("00DC20280420023939"), "9000");
}

TEST(NamedSettings, TheSsseMayHaveNoName) {
  CardModel model = small_card();
  model.ssse_has_name = false;
  TestCard card(model);
  EXPECT_EQ(card.send("00A404000F7378312E73682EC9E7BBE1B1A3D5CF"), "6A82");
  EXPECT_EQ(card.send("00A40000023F00").substr(0, 2), "6F");
  EXPECT_EQ(card.send("00B2012C03"), "0201339000");
}

TEST(InternalAuthentication, AnswersTheCheckValue) {
  TestCard des;
  EXPECT_EQ(des.send("008800001011223344556677880102030405060708"), "EDC04656487FEAFE9000");
  EXPECT_EQ(des.send("00880000111122334455667788010203040506070801"), "EDC04656487FEAFE9000");
  EXPECT_EQ(des.send("00880000111122334455667788010203040506070804"), "6A88");
  des.send("00A4000002DF01");
  EXPECT_EQ(des.send("008800001011223344556677880102030405060708"), "EDC04656487FEAFE9000");
  TestCard sm4(small_card(keys::Cipher::kSm4));
  EXPECT_EQ(sm4.send("008800001011223344556677880102030405060708"), "C045DA453F109C459000");
}

}  // namespace
}  // namespace ssc::simulator::test
