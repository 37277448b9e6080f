// Life of the states (Part 5 §6.11.1, Part 7 §5.8, §6.6) and the firewall between two environments (Part 4
// §5.5).
#include "simulator/core/session.h"

#include "tests/simulator/medical_card.h"

namespace ssc::simulator::test {
namespace {

// Authentication data of O under K and under the financial environment's key, random A1B2C3D4…: openssl.
constexpr std::string_view kProof = "8EE99DCB1246CB790102030405060708";
constexpr std::string_view kFinanceProof = "56B34A641E59D16B0102030405060708";

class Firewall : public testing::Test {
 protected:
  std::string send(std::string_view command) { return card_.send(command); }
  std::string prove(std::string_view kid, std::string_view proof = kProof) {
    send("0084000008");
    return send("008200" + std::string(kid) + "10" + std::string(proof));
  }
  std::string rights() {
    auto& card = card_.card().card();
    return card.session().security.to_string(card.image());
  }

  MedicalCard card_{core::build_image(medical_model())};
};

TEST_F(Firewall, KeysOfOneEnvironmentOpenNothingInTheOther) {
  send(kSelectSsse);
  EXPECT_EQ(prove("04"), "9000");
  EXPECT_EQ(rights(), "UKSSSE");
  EXPECT_EQ(send("00DC023003030143"), "6A80");  // the right is there; the tag is another
  send(kSelectFinance);
  EXPECT_EQ(rights(), "none");
  EXPECT_EQ(send("00B2013403"), "6982");  // readable with UKSSSE only, if that reached
  EXPECT_EQ(send("00DC012C03020143"), "6982");
  send(kSelectSsse);
  EXPECT_EQ(rights(), "none");
}

TEST_F(Firewall, TheSameKeyIdNamesEachEnvironmentsOwnKey) {
  send(kSelectFinance);
  EXPECT_EQ(prove("04"), "63C2");
  EXPECT_EQ(prove("04", kFinanceProof), "9000");
  EXPECT_EQ(rights(), "UKFIN");
  EXPECT_EQ(prove("05"), "6A88");
  EXPECT_EQ(send("008800001011223344556677880102030405060708"), "6A88");
  send(kSelectSsse);
  EXPECT_EQ(prove("04", kFinanceProof), "63C2");
  EXPECT_EQ(prove("04"), "9000");
}

TEST_F(Firewall, AKeysCounterIsItsOwn) {
  send(kSelectFinance);
  for (const char* left : {"63C2", "63C1", "63C0", "6983"}) EXPECT_EQ(prove("04"), left);
  send(kSelectSsse);
  EXPECT_EQ(prove("04"), "9000");
}

TEST_F(Firewall, ThePinNeitherExistsNorOpensAnythingThere) {
  send(kSelectSsse);
  EXPECT_EQ(send("0020000003123456"), "9000");
  send(kSelectFinance);
  EXPECT_EQ(send("00B2012C03"), "6982");
  EXPECT_EQ(send("0020000000"), "6A88");
  EXPECT_EQ(send("0020000003123456"), "6A88");
  EXPECT_EQ(send("805E010007123456FF654321"), "6A88");
  EXPECT_EQ(prove("06"), "9000");  // its own PUK
  send("0084000008");
  EXPECT_EQ(send("84240000043B20864B"), "6A88");
  send("00A4000002DF01");
  EXPECT_EQ(send("00B2012C04"), "200231309000");  // given until power-off
}

TEST_F(Firewall, AnEmptyPinOpensNothingThereEither) {
  MedicalCard card({.pin = ""});
  card.send(kSelectFinance);
  EXPECT_EQ(card.send("00B2012C03"), "6982");
}

TEST_F(Firewall, TheMasterFileHasNoSay) {
  EXPECT_EQ(send("00A4000000").substr(0, 2), "6F");
  EXPECT_EQ(prove("04"), "6A88");
  EXPECT_EQ(send("0020000000"), "6A88");
  EXPECT_EQ(send("00B2012C03"), "6A82");
}

TEST_F(Firewall, AChallengeIsGoodInItsApplicationOnly) {
  send(kSelectSsse);
  send("0084000008");
  send(kSelectFinance);
  EXPECT_EQ(send("0082000410" + std::string(kFinanceProof)), "6984");
}

TEST_F(Firewall, ProbingAnAbsentApplicationChangesNothing) {
  send(kSelectSsse);
  EXPECT_EQ(prove("04"), "9000");
  send("0084000008");
  EXPECT_EQ(send("00A4040008A000000333010101"), "6A82");
  EXPECT_EQ(rights(), "UKSSSE");
  EXPECT_EQ(send("0082000610" + std::string(kProof)), "9000");  // the challenge too
}

TEST_F(Firewall, LocalKeysEndWithTheApplicationGlobalOnesWithTheEnvironment) {
  send(kSelectSsse);
  prove("04");
  send("00A4000002DF01");
  EXPECT_EQ(prove("83"), "9000");
  EXPECT_EQ(rights(), "UKSSSE UK1DF01");
  send("00A4020002EF16");
  send("00A4000002DF01");
  send("00A4040006D15600000500");
  EXPECT_EQ(rights(), "UKSSSE UK1DF01");
  send("00A4000002DF03");
  EXPECT_EQ(rights(), "UKSSSE");
  send(kSelectSsse);
  EXPECT_EQ(rights(), "UKSSSE");
  send("00A4000000");
  EXPECT_EQ(rights(), "none");
}

TEST_F(Firewall, ResetEndsEverything) {
  send(kSelectSsse);
  send("0020000003123456");
  prove("04");
  EXPECT_EQ(rights(), "PIN UKSSSE");
  card_.card().card().reset();
  EXPECT_EQ(rights(), "none");
  EXPECT_EQ(send("0082000410" + std::string(kProof)), "6A88");  // the MF is current again
}

}  // namespace
}  // namespace ssc::simulator::test
