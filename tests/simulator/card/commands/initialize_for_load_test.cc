// INITIALIZE FOR LOAD. MAC1: check values of the reference (DES), openssl (SM4).
#include "simulator/card/commands/initialize_for_load.h"

#include "tests/simulator/medical_card.h"

namespace ssc::simulator::test {
namespace {

TEST(InitializeForLoad, AnswersBalanceSequenceKeyRandomAndMac1) {
  MedicalCard des;
  EXPECT_EQ(des.send(kInitLoad),
            "000003E8"
            "0003"
            "01"
            "01"
            "A1B2C3D4"
            "2851D7E2"
            "9000");
  EXPECT_EQ(des.send("B02800010B01000001F433030000000110"), "000003E800030101A1B2C3D42851D7E29000");
  MedicalCard sm4({.cipher = keys::Cipher::kSm4});
  EXPECT_EQ(sm4.send(kInitLoad),
            "000003E8"
            "0003"
            "01"
            "03"
            "A1B2C3D4"
            "A142C891"
            "9000");
}

TEST(InitializeForLoad, TypeByteCanBeBinary) {
  MedicalCard card({.binary_type = true});
  EXPECT_EQ(card.send(kInitLoad), "000003E800030101A1B2C3D4531E13A29000");
}

TEST(InitializeForLoad, IndexNamesTheKeyGroup) {
  MedicalCard card;
  EXPECT_EQ(card.send("B02800010B02000001F4330300000001").substr(12, 4), "0201");
  for (const char* absent : {"00", "03", "FF"}) {
    EXPECT_EQ(card.send("B02800010B" + std::string(absent) + "000001F4330300000001"), "9403") << absent;
  }
}

TEST(InitializeForLoad, NeedsThePinWhenThereIsOne) {
  MedicalCard card(core::build_image(medical_model()));
  EXPECT_EQ(card.send(kInitLoad), "6982");
  card.send("0020000003999999");
  EXPECT_EQ(card.send(kInitLoad), "6982");
  EXPECT_EQ(card.send("0020000003123456"), "9000");
  EXPECT_EQ(card.send(kInitLoad).substr(0, 8), "000003E8");
  MedicalCard open({.pin = ""});
  EXPECT_EQ(open.send(kInitLoad).substr(0, 8), "000003E8");
}

TEST(InitializeForLoad, CounterAtItsEnd) {
  MedicalCard last({.amounts = {.load_sequence = "FFFE"}});
  EXPECT_EQ(last.send(kInitLoad).substr(0, 12), "000003E8FFFE");
  MedicalCard over({.amounts = {.load_sequence = "FFFF"}});
  EXPECT_EQ(over.send(kInitLoad), "9402");
  EXPECT_EQ(over.send("B02800010B09000001F4330300000001"), "9403");  // the index is looked at first
}

TEST(InitializeForLoad, ABalanceThatWouldNotFit) {
  MedicalCard card({.amounts = {.balance = "FFFFFFFE"}});
  EXPECT_EQ(card.send("B02800010B0100000002330300000001"), "6985");
  EXPECT_EQ(card.send("B02800010B0100000001330300000001").substr(0, 8), "FFFFFFFE");
}

TEST(InitializeForLoad, Refusals) {
  MedicalCard card;
  EXPECT_EQ(card.send("B02800020B01000001F4330300000001"), "6A86");
  EXPECT_EQ(card.send("B02800010A01000001F43303000000"), "6700");
  EXPECT_EQ(card.send("B02800010B01000001F43303000000010F"), "6700");
}

}  // namespace
}  // namespace ssc::simulator::test
