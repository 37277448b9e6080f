// The PIN: VERIFY, CHANGE PIN, PIN CHANGE/UNBLOCK, cell by cell of the PIN state table. Reload and unblock
// APDUs: check values of the reference (STK, R).
#include "simulator/card/pin.h"

#include "tests/simulator/test_card.h"

namespace ssc::simulator::test {
namespace {

constexpr std::string_view kProof = "EDC04656487FEAFE0102030405060708";
constexpr std::string_view kUnblock = "84240000043B20864B";
constexpr std::string_view kReload123456 = "842400010CA4133DF32C2C2EE4EB004C1A";

void open_with_puk(TestCard& card, std::string_view proof = kProof) {
  card.send("0084000008");
  ASSERT_EQ(card.send("0082000610" + std::string(proof)), "9000");
  card.send("0084000008");
}

void lock(TestCard& card) {
  for (const char* left : {"63C2", "63C1", "63C0"}) ASSERT_EQ(card.send("0020000003999999"), left);
}

CardModel without_pin() {
  CardModel model = small_card();
  model.pin.value.clear();
  return model;
}

TEST(Pin, Shapes) {
  for (const char* good : {"1234", "12345F", "123456", "1234567890123456"})
    EXPECT_TRUE(card::is_pin(hex(good))) << good;
  for (const char* bad :
       {"", "12", "123F", "12FF", "1A34", "12F4", "FFFF", "123456FF", "123456789012345678"}) {
    EXPECT_FALSE(card::is_pin(hex(bad))) << bad;
  }
}

TEST(Verify, RightWrongAskedAndLocked) {
  TestCard card;
  EXPECT_EQ(card.send("0020000003123456"), "9000");
  EXPECT_EQ(card.send("0020000003123455"), "63C2");
  EXPECT_EQ(card.send("0020000000"), "63C2");
  EXPECT_EQ(card.send("0020000000"), "63C2");
  EXPECT_EQ(card.send("0020000003123456"), "9000");
  EXPECT_EQ(card.send("0020000000"), "63C3");
  lock(card);
  EXPECT_EQ(card.send("0020000003123456"), "6983");
  EXPECT_EQ(card.send("0020000003999999"), "6983");
  EXPECT_EQ(card.send("0020000000"), "63C0");
}

TEST(Verify, AFailureTakesTheStateBack) {
  TestCard card;
  card.send("00A4000002DF01");
  EXPECT_EQ(card.send("0020000003123456"), "9000");
  EXPECT_EQ(card.send("00B2012C04"), "200231309000");
  EXPECT_EQ(card.send("0020000003123455"), "63C2");
  EXPECT_EQ(card.send("00B2012C04"), "6982");
}

TEST(Verify, StateIsKeptAcrossApplicationsAndCountsAcrossReset) {
  TestCard card;
  EXPECT_EQ(card.send("0020000003123456"), "9000");
  card.send("00A4000002DF01");
  EXPECT_EQ(card.send("00B2012C04"), "200231309000");
  EXPECT_EQ(card.send("0020000003123455"), "63C2");
  card.card().reset();
  EXPECT_EQ(card.send("0020000000"), "63C2");
}

TEST(Verify, EmptyPin) {
  TestCard card(without_pin());
  EXPECT_EQ(card.send("0020000000"), "9000");
  card.send("00A4000002DF01");
  EXPECT_EQ(card.send("00B2012C04"), "200231309000");  // an empty PIN satisfies PIN
  EXPECT_EQ(card.send("0020000003123456"), "63C2");
}

TEST(ChangePin, RightAndWrongOld) {
  TestCard card;
  EXPECT_EQ(card.send("805E010007123456FF654321"), "9000");
  EXPECT_EQ(card.send("0020000003123456"), "63C2");
  EXPECT_EQ(card.send("0020000003654321"), "9000");
  EXPECT_EQ(card.send("805E010007123456FF111111"), "63C2");
  EXPECT_EQ(card.send("805E010007654321FF12345F"), "9000");
  EXPECT_EQ(card.send("002000000312345F"), "9000");
  lock(card);
  EXPECT_EQ(card.send("805E01000712345FFF111111"), "6983");
}

TEST(ChangePin, FromAndToNoPin) {
  TestCard card(without_pin());
  EXPECT_EQ(card.send("805E010004FF123456"), "9000");
  EXPECT_EQ(card.send("0020000003123456"), "9000");
  EXPECT_EQ(card.send("805E010004123456FF"), "9000");
  EXPECT_EQ(card.send("0020000000"), "9000");
}

TEST(ChangePin, MalformedPinsChangeNothingAndCountNothing) {
  TestCard card;
  for (const char* bad : {"805E010006123456FF123F", "805E010007123456FF1A3456", "805E010007123456FF12FF56",
                          "805E010006123456123456"}) {
    EXPECT_EQ(card.send(bad), "6A80") << bad;
  }
  EXPECT_EQ(card.send("0020000000"), "63C3");
}

TEST(PinUnblock, NeedsPukThenAChallengeThenTheMac) {
  TestCard card;
  lock(card);
  EXPECT_EQ(card.send(kUnblock), "6982");
  card.send("0084000008");
  ASSERT_EQ(card.send("0082000610" + std::string(kProof)), "9000");
  EXPECT_EQ(card.send(kUnblock), "6984");
  card.send("0084000008");
  EXPECT_EQ(card.send("84240000043B20864C"), "6988");
  EXPECT_EQ(card.send(kUnblock), "6984");  // the failed check used the challenge up
  card.send("0084000008");
  EXPECT_EQ(card.send(kUnblock), "9000");
  EXPECT_EQ(card.send("0020000003123456"), "9000");
}

TEST(PinReload, ReplacesThePinAndRestoresTheTries) {
  CardModel model = small_card();
  model.pin.value = hex("888888");
  TestCard card(model);
  lock(card);
  open_with_puk(card);
  EXPECT_EQ(card.send(kReload123456), "9000");
  EXPECT_EQ(card.send("0020000003888888"), "63C2");
  EXPECT_EQ(card.send("0020000003123456"), "9000");
}

TEST(PinReload, Sm4) {
  CardModel model = small_card(keys::Cipher::kSm4);
  model.pin.value = hex("888888");
  TestCard card(model);
  open_with_puk(card, "C045DA453F109C450102030405060708");
  EXPECT_EQ(card.send("842400010CA4133DF32C2C2EE4EB004C1A"), "6700");
  EXPECT_EQ(card.send("84240001148FBAD58EF1E9FD6101FC623C022C198B4C115A38"), "9000");
  EXPECT_EQ(card.send("0020000003123456"), "9000");
}

}  // namespace
}  // namespace ssc::simulator::test
