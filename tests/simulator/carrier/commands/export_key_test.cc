#include "simulator/carrier/commands/export_key.h"

#include "tests/simulator/carrier/test_carrier.h"

namespace ssc::simulator::test {
namespace {

TEST(ExportKey, WholeAsKnown) {
  for (const CarrierVector& vector : kCarrierVectors)
    EXPECT_EQ(TestCarrier(vector.card).send(kExportIrk), vector.irk) << vector.card;
}

TEST(ExportKey, DiversifiedThroughProvinceAndCityAsKnown) {
  for (const CarrierVector& vector : kCarrierVectors)
    EXPECT_EQ(TestCarrier(vector.card).send(kExportUk), vector.uk) << vector.card;
}

TEST(ExportKey, IsCountedBeforeTheAnswerLeaves) {
  TestCarrier carrier("sample-master-card");
  EXPECT_EQ(carrier.send("80CA01110B").substr(12, 4), "0032");
  carrier.send(kExportIrk);
  EXPECT_EQ(carrier.send("80CA01110B").substr(12, 4), "0031");
}

// A refused one leaves both counts: the 50 exports of IRK are still there.
TEST(ExportKey, ARefusalIsNotCounted) {
  TestCarrier carrier("sample-master-card");
  EXPECT_EQ(carrier.send("80E80011146708010740000000010000000000000511223344"), "9405");
  EXPECT_EQ(carrier.send("80CA01110B").substr(12, 4), "0032");
}

}  // namespace
}  // namespace ssc::simulator::test
