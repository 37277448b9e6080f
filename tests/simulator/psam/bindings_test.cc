// What the PSAM takes from the card OS: rights of its own files, and keys found in the current DF.
#include "tests/simulator/psam/test_psam.h"

namespace ssc::simulator::test {
namespace {

// By openssl: Part 4 §9.3 over key 00112233…FF, random 1122334455667788 and original 0102030405060708.
constexpr const char* kProof8 = "EDC04656487FEAFE";
constexpr const char* kProof16 = "C045DA453F109C45";
constexpr const char* kOriginal = "0102030405060708";

std::string authenticate(TestPsam& psam, std::string_view kid, std::string_view proof) {
  psam.send("0084000008");
  return psam.send("008200" + std::string(kid) + "10" + std::string(proof) + kOriginal);
}

TEST(PsamFiles, TheMasterKeyOfTheEnvironmentOpensTheTerminalNumber) {
  TestPsam psam;
  psam.send("00A4000000");
  EXPECT_EQ(psam.send("00D6960006 990100000002"), "6982");
  EXPECT_EQ(authenticate(psam, "00", kProof8), "9000");
  EXPECT_EQ(psam.send("00D6960006 990100000002"), "9000");
  EXPECT_EQ(psam.send("00B0960006"), "9901000000029000");
}

TEST(PsamFiles, KeyOneOpensTheNationalFile) {
  TestPsam psam;
  psam.enter_sm4();
  EXPECT_EQ(psam.send("00D69A0001 01"), "6982");
  EXPECT_EQ(authenticate(psam, "01", kProof16), "9000");
  EXPECT_EQ(psam.send("00D69A0001 01"), "9000");
}

TEST(PsamFiles, NobodyWritesTheTerminalSequence) {
  TestPsam psam;
  authenticate(psam, "01", kProof8);
  EXPECT_EQ(psam.send("00D6990004 00000009"), "6982");
}

TEST(PsamFiles, TheIssuersDataAreFree) {
  TestPsam psam;
  psam.send("00A4000000");
  EXPECT_EQ(psam.send("00B095000A"), "434399002012061981009000");
}

TEST(PsamAuthentication, IsOfTheCurrentDf) {
  TestPsam psam;
  EXPECT_EQ(authenticate(psam, "04", kProof8), "6A88");
  EXPECT_EQ(authenticate(psam, "00", kProof8), "9000");
  psam.send("00A4000000");
  EXPECT_EQ(psam.send("00D6960006 990100000002"), "6982");  // the application's master key is another
}

// "The current application does not exist" (Part 9 table 18).
TEST(PsamAuthentication, AnEnvironmentHasItsMasterKeyAlone) {
  TestPsam psam;
  psam.send("00A4000000");
  EXPECT_EQ(authenticate(psam, "01", kProof8), "6985");
  EXPECT_EQ(authenticate(psam, "00", kProof8), "9000");
}

struct Information {
  std::string_view kid;
  std::string_view file;  // SFI byte of P1
};

TEST(PsamFiles, EachOwnersKeyOpensItsInformationFileAlone) {
  constexpr Information kOwners[] = {{"01", "9A"}, {"02", "9B"}, {"03", "9C"}};
  for (const Information& proved : kOwners) {
    TestPsam psam;
    EXPECT_EQ(authenticate(psam, proved.kid, kProof8), "9000");
    for (const Information& written : kOwners) {
      const std::string update = "00D6" + std::string(written.file) + "0002 0101";
      EXPECT_EQ(psam.send(update), proved.kid == written.kid ? "9000" : "6982") << proved.kid << written.kid;
    }
  }
}

TEST(PsamAuthentication, AWrongProofCostsATry) {
  TestPsam psam;
  EXPECT_EQ(authenticate(psam, "01", "0000000000000000"), "63C2");
}

TEST(PsamAuthentication, WantsARandom) {
  TestPsam psam;
  EXPECT_EQ(psam.send(std::string("0082000110") + kProof8 + kOriginal), "6984");
}

TEST(PsamAuthentication, ADeliveredKeyProvesNobody) {
  TestPsam psam;
  EXPECT_EQ(authenticate(psam, "08", kProof8), "6A88");
}

TEST(PsamCommands, ThoseOfTheCardAreUnknown) {
  TestPsam psam;
  EXPECT_EQ(psam.send("0088000010 0102030405060708 0102030405060708"), "6D00");
  EXPECT_EQ(psam.send("801A270808 8684990100000001"), "6D00");
}

}  // namespace
}  // namespace ssc::simulator::test
