#include "tests/simulator/psam/key_loading.h"

namespace ssc::simulator::test {
namespace {

// KeyValue 101112…1F as key 67 xx (openssl).
constexpr const char* kDesAnswer = "D053108CFB0AF7749000";
constexpr const char* kSm4Answer = "C470B6D72BB1BAEA03D0E9E0B6A9CCD09000";

// A PSAM with key 67 2F = 404142…4F in the national file, KID-01 proved, and a random 11223344.
class ChangeKey : public testing::Test {
 protected:
  void load(bool sm4) {
    if (sm4) psam.enter_sm4();
    prove(psam, "01");
    ASSERT_EQ(create(psam, kNational, "672F"), "9000");
    psam.send("0084000004");
  }
  TestPsam psam;
};

// Whole commands by openssl: 16 bytes Lc 1C, 8 bytes Lc 14, SM4 Lc 24.
TEST_F(ChangeKey, UnderTripleDes) {
  load(false);
  EXPECT_EQ(psam.send("84D401111C A5A431A0A4C288EC6D499ADCD676793907C4464650CF1F90 CE7436E7"), "9000");
  EXPECT_EQ(answer_of(psam, "2F"), kDesAnswer);
}

TEST_F(ChangeKey, UnderSm4) {
  load(true);
  EXPECT_EQ(psam.send("84D4011124 92E68299CB129AD090A93FFF8A7E7690FEE04CE384FBC454915EDC8D038574B4 236AAB39"),
            "9000");
  EXPECT_EQ(answer_of(psam, "2F"), kSm4Answer);
}

TEST_F(ChangeKey, OfEightBytes) {
  load(false);
  send_key(psam, "00", kNational, "2621000100000000 4041424344454647");
  psam.send("0084000004");
  EXPECT_EQ(psam.send("84D4011114 109D546E8D5A1E35E2C68E7CAA4B4242 8B8E6AB1"), "9000");
  EXPECT_EQ(psam.send("BFDE262110 8684990100000001 1122334455667788"), "9000");
  EXPECT_EQ(psam.send("80FA050010 0000000000000000 0102030405060708"), "F80A69619000");
}

TEST_F(ChangeKey, OutlivesPower) {
  load(false);
  EXPECT_EQ(change(psam, kNational, "672F"), "9000");
  psam.card().power_off();
  psam.card().power_on();
  psam.send(kSelectApplication);
  EXPECT_EQ(answer_of(psam, "2F"), kDesAnswer);
}

// It replaces what is there, and makes nothing.
TEST_F(ChangeKey, WantsTheVeryRecordInThisFile) {
  load(false);
  EXPECT_EQ(change(psam, kNational, "6730"), "6A88");
  EXPECT_EQ(change(psam, kNational, "682F"), "6A88");
  EXPECT_EQ(change(psam, kNational, "472F"), "6A83");
  prove(psam, "02");
  EXPECT_EQ(change(psam, kProvince, "672F"), "6A83");
  EXPECT_EQ(change(psam, kNational, "672F"), "9000");
}

TEST_F(ChangeKey, AValueOfAnotherLengthIsRefused) {
  load(false);
  EXPECT_EQ(change(psam, kNational, "672F", "1011121314151617"), "6A80");
}

TEST_F(ChangeKey, AFieldARecordMayNotHaveIsRefused) {
  load(false);
  for (const char* head : {"612F00", "872F00", "672F01"})
    EXPECT_EQ(send_key(psam, "01", kNational, head + std::string(kOtherValue)), "6A80") << head;
}

TEST_F(ChangeKey, NeedsTheFilesKeyProved) {
  load(false);
  psam.card().reset();
  psam.send(kSelectApplication);
  prove(psam, "02");
  EXPECT_EQ(change(psam, kNational, "672F"), "6982");
}

TEST_F(ChangeKey, OfSeveralGroupsChangesTheOneInUse) {
  load(false);
  psam.send("00D69A0002 0102");
  EXPECT_EQ(create(psam, kNational, "672F"), "9000");
  EXPECT_EQ(change(psam, kNational, "672F"), "9000");
  EXPECT_EQ(answer_of(psam, "2F"), kDesAnswer);
  psam.send("00D69A0002 0101");
  EXPECT_EQ(answer_of(psam, "2F"), "F29C66CA89EEA2EC9000");
}

// A record that came with the card file is a record like any other; the purchase key is named by its version.
TEST(ChangeKeyOfTheCardFile, IsReplacedToo) {
  CardModel model = small_psam();
  for (profile::KeyEntry& key : model.dfs[1].keys) {
    if (key.purpose == Purpose::kPsam) key.file = 0x0011;
  }
  TestPsam psam(model);
  prove(psam, "01");
  EXPECT_EQ(change(psam, kNational, "6720"), "9000");
  EXPECT_EQ(answer_of(psam, "20"), kDesAnswer);
  EXPECT_EQ(change(psam, kNational, "6201"), "9000");
  EXPECT_EQ(change(psam, kNational, "6209"), "6A88");
}

TEST(ChangeKeyLengths, AreThoseOfTheCipher) {
  TestPsam psam;
  EXPECT_EQ(psam.send("84D4011124" + std::string(72, '0')), "6700");
  psam.enter_sm4();
  EXPECT_EQ(psam.send("84D4011114" + std::string(40, '0')), "6700");
  EXPECT_EQ(psam.send("84D4021124" + std::string(72, '0')), "6A86");
}

}  // namespace
}  // namespace ssc::simulator::test
