// Expected values: openssl des-ecb, des-cbc, sm4-ecb and sm4-cbc over the session key it makes itself.
#include "tests/simulator/psam/test_psam.h"

namespace ssc::simulator::test {
namespace {

// Session keys B4CC3FD9D8D95214 = DES(0123456789ABCDEF, factor) and SM4(00112233…, factor).
void deliver_des(TestPsam& psam) { ASSERT_EQ(psam.send("BFDE060A08 1122334455667788"), "9000"); }
void deliver_sm4(TestPsam& psam, std::string_view usage_and_id = "0810") {
  psam.enter_sm4();
  ASSERT_EQ(psam.send("BFDE" + std::string(usage_and_id) + "10 11223344556677880000000000000000"), "9000");
}
void deliver_both_types(TestPsam& psam) { ASSERT_EQ(psam.send("BFDE081008 1122334455667788"), "9000"); }

TEST(CipherData, OneMacUnderDesIsTheLeftFourBytes) {
  TestPsam psam;
  deliver_des(psam);
  EXPECT_EQ(psam.send("80FA050018 1122334400000000 04D6850009010203 0405800000000000"), "D07607319000");
}

TEST(CipherData, AMacInThreeCommandsIsTheSameMac) {
  TestPsam psam;
  deliver_des(psam);
  EXPECT_EQ(psam.send("80FA070008 1122334400000000"), "9000");
  EXPECT_EQ(psam.send("80FA030008 04D6850009010203"), "9000");
  EXPECT_EQ(psam.send("80FA010008 0405800000000000"), "D07607319000");
}

TEST(CipherData, TheFirstBlockOfAMacMayBringDataWithIt) {
  TestPsam psam;
  deliver_des(psam);
  EXPECT_EQ(psam.send("80FA070010 1122334400000000 04D6850009010203"), "9000");
  EXPECT_EQ(psam.send("80FA010008 0405800000000000"), "D07607319000");
}

// The last block of sm4-cbc is 6BA8DF26 C6914332 4D3D27E8 6C78CC35; its words xored are the MAC (Part 9
// §7.2.3).
TEST(CipherData, OneMacUnderSm4IsTheFoldOfTheLastBlock) {
  TestPsam psam;
  deliver_sm4(psam);
  EXPECT_EQ(psam.send("80FA050030 A1B2C3D4000000000000000000000000 04D68500090102030405800000000000 "
                      "1112131415161718191A1B1C1D1E1F20"),
            "8C7C77C99000");
}

TEST(CipherData, EnciphersWholeBlocksOneByOne) {
  TestPsam psam;
  deliver_sm4(psam);
  EXPECT_EQ(psam.send("80FA000010 0102030405060708090A0B0C0D0E0F10"), "9F77A09F721D8C162A6DEB4580E1A3F09000");
}

TEST(CipherData, TakesTheMostBytesTable25Allows) {
  TestPsam psam;
  deliver_sm4(psam);
  std::string block = "0102030405060708090A0B0C0D0E0F10";
  std::string cipher = "9F77A09F721D8C162A6DEB4580E1A3F0";
  std::string data, expected;
  for (int i = 0; i < 8; ++i) {
    data += block;
    expected += cipher;
  }
  EXPECT_EQ(psam.send("80FA020080" + data), expected + "9000");
}

TEST(CipherData, EncryptionGoesOnWhileMoreFollows) {
  TestPsam psam;
  deliver_both_types(psam);
  const std::string first = psam.send("80FA020008 0102030405060708");
  EXPECT_EQ(first.substr(16), "9000");
  EXPECT_EQ(psam.send("80FA000008 0102030405060708"), first);
  EXPECT_EQ(psam.send("80FA000008 0102030405060708"), "6901");
}

TEST(CipherData, TheKeyEndsWithTheCalculation) {
  TestPsam psam;
  deliver_des(psam);
  psam.send("80FA050010 1122334400000000 04D6850009010203");
  EXPECT_EQ(psam.send("80FA050010 1122334400000000 04D6850009010203"), "6901");
}

TEST(CipherData, WithoutAKeyIsOutOfOrder) {
  EXPECT_EQ(TestPsam().send("80FA000008 0102030405060708"), "6901");
}

TEST(CipherData, AMacThatHasNotBegunCannotGoOn) {
  TestPsam psam;
  deliver_des(psam);
  EXPECT_EQ(psam.send("80FA030008 0102030405060708"), "6901");
  EXPECT_EQ(psam.send("80FA010008 0102030405060708"), "6901");
}

TEST(CipherData, TheTwoCalculationsDoNotMix) {
  TestPsam psam;
  deliver_both_types(psam);
  psam.send("80FA070008 1122334400000000");
  EXPECT_EQ(psam.send("80FA000008 0102030405060708"), "6901");
  EXPECT_EQ(psam.send("80FA070008 1122334400000000"), "6901");
  deliver_both_types(psam);
  psam.send("80FA020008 0102030405060708");
  EXPECT_EQ(psam.send("80FA050010 1122334400000000 04D6850009010203"), "6901");
}

TEST(CipherData, AnotherApplicationEndsTheKey) {
  TestPsam psam;
  deliver_des(psam);
  psam.send("00A4000000");
  psam.send(kSelectApplication);
  EXPECT_EQ(psam.send("80FA050010 1122334400000000 04D6850009010203"), "6901");
}

struct UseOfAType {
  const char* name;
  const char* deliver;
  const char* encryption;  // status words
  const char* mac;
};

class KeyTypes : public testing::TestWithParam<UseOfAType> {};

// Part 9 §6.3: 6 MAC only, 7 encryption only, 8 both.
TEST_P(KeyTypes, AllowOneUse) {
  TestPsam psam;
  psam.send(GetParam().deliver);
  const std::string encryption = psam.send("80FA020008 0102030405060708");
  EXPECT_EQ(encryption.substr(encryption.size() - 4), GetParam().encryption);
  psam.send(GetParam().deliver);
  const std::string mac = psam.send("80FA050010 1122334400000000 04D6850009010203");
  EXPECT_EQ(mac.substr(mac.size() - 4), GetParam().mac);
}

INSTANTIATE_TEST_SUITE_P(
    CipherData, KeyTypes,
    testing::Values(UseOfAType{"mac", "BFDE060908 1122334455667788", "6985", "9000"},
                    UseOfAType{"encryption", "BFDE270810 8684990100000001 1122334455667788", "9000", "6985"},
                    UseOfAType{"both", "BFDE081008 1122334455667788", "9000", "9000"}),
    [](const auto& tested) { return std::string(tested.param.name); });

struct BadLength {
  const char* name;
  bool sm4;
  const char* command;
};

class CipherDataLengths : public testing::TestWithParam<BadLength> {};

TEST_P(CipherDataLengths, AreWrong) {
  TestPsam psam;
  if (GetParam().sm4) psam.enter_sm4();
  EXPECT_EQ(psam.send(GetParam().command), "6700");
}

INSTANTIATE_TEST_SUITE_P(CipherData, CipherDataLengths,
                         testing::Values(BadLength{"no_block", false, "80FA000007 01020304050607"},
                                         BadLength{"only_the_initial_value", false,
                                                   "80FA050008 0102030405060708"},
                                         BadLength{"half_a_block", true, "80FA000008 0102030405060708"},
                                         BadLength{"only_the_initial_value_sm4", true,
                                                   "80FA050010 01020304050607080102030405060708"}),
                         [](const auto& tested) { return std::string(tested.param.name); });

}  // namespace
}  // namespace ssc::simulator::test
