#include "simulator/carrier/commands/get_key_information.h"

#include "tests/simulator/carrier/test_carrier.h"

namespace ssc::simulator::test {
namespace {

// Check values by openssl from the lab set's root.
TEST(GetKeyInformation, TheRecordAndItsCheckValue) {
  EXPECT_EQ(TestCarrier("sample-master-card").send("80CA01110B"),
            "6708010317000032"
            "6DE141"
            "9000");
  EXPECT_EQ(TestCarrier("sample-master-card-des").send("80CA01110B"),
            "6708010017000032"
            "591356"
            "9000");
}

TEST(GetKeyInformation, RecordsAreCountedFromOneToTheLast) {
  TestCarrier carrier("sample-mother-card-city");
  EXPECT_EQ(carrier.send("80CA00140B"), "6A83");
  for (int i = 1; i <= 8; ++i)
    EXPECT_EQ(carrier.send("80CA0" + std::to_string(i) + "140B").substr(22), "9000") << i;
  EXPECT_EQ(carrier.send("80CA09140B"), "6A83");
}

TEST(GetKeyInformation, AsItWouldArriveIsRefusedAsExportKeyIs) {
  TestCarrier carrier("sample-master-card");
  EXPECT_EQ(carrier.send("80CA01110260670B"), "6A88");
  EXPECT_EQ(carrier.send("80CA01110240070B"), "9405");
}

}  // namespace
}  // namespace ssc::simulator::test
