#include "tests/simulator/psam/test_psam.h"

namespace ssc::simulator::test {
namespace {

TEST(InitializeEnvironment, AnyProvinceButElevenTakesTheDesEnvironment) {
  TestPsam psam;
  psam.enter_sm4();
  EXPECT_EQ(psam.send("BFEC000001 99"), "9000");
  EXPECT_EQ(psam.card().session().df, core::kMfIndex);
  EXPECT_EQ(psam.send("BFEC000001 65"), "9000");
}

TEST(InitializeEnvironment, ProvinceElevenTakesTheSsf33Environment) {
  TestPsam psam(psam_with_ssf33());
  EXPECT_EQ(psam.send("BFEC000001 11"), "9000");
  EXPECT_EQ(psam.card().view().df().cipher, keys::Cipher::kSsf33);
}

TEST(InitializeEnvironment, AnEnvironmentThatIsAbsentChangesNothing) {
  TestPsam psam;
  const auto before = psam.card().session().df;
  EXPECT_EQ(psam.send("BFEC000001 11"), "6985");
  EXPECT_EQ(psam.card().session().df, before);
}

TEST(InitializeEnvironment, WantsTwoDigits) {
  TestPsam psam;
  EXPECT_EQ(psam.send("BFEC000001 9A"), "6A80");
  EXPECT_EQ(psam.send("BFEC000001 A9"), "6A80");
  EXPECT_EQ(psam.send("BFEC000002 9901"), "6700");
  EXPECT_EQ(psam.send("BFEC010001 99"), "6A86");
}

TEST(InitializeEnvironment, EndsTheDeliveredKey) {
  TestPsam psam;
  psam.send("BFDE270810 8684990100000001 D35A1BBD61EFDEFD");
  EXPECT_EQ(psam.send("BFEC000001 99"), "9000");
  EXPECT_EQ(psam.send("80FA000008 0102030405060708"), "6901");
}

// Both ADFs have the FID DF01 and one name: the environment says which is meant.
TEST(InitializeEnvironment, TheApplicationIsThatOfTheEnvironment) {
  TestPsam psam;
  psam.send(kSelectSm4);
  EXPECT_EQ(psam.send("00A4040006D15600000590").substr(0, 2), "6F");
  EXPECT_EQ(psam.card().view().df().cipher, keys::Cipher::kSm4);
  psam.send("BFEC000001 99");
  psam.send(kSelectApplication);
  EXPECT_EQ(psam.card().view().df().cipher, keys::Cipher::kDes);
}

}  // namespace
}  // namespace ssc::simulator::test
