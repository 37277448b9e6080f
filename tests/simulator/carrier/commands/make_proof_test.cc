#include "simulator/carrier/commands/make_proof.h"

#include "tests/simulator/carrier/test_carrier.h"

namespace ssc::simulator::test {
namespace {

constexpr std::string_view kProof = "808A004118010000000000000511223344556677880102030405060708";

TEST(MakeProof, AsKnown) {
  for (const CarrierVector& vector : kCarrierVectors)
    EXPECT_EQ(TestCarrier(vector.card).send(kProof), vector.proof) << vector.card;
}

// The city's card has 200 proofs for its PSAMs.
TEST(MakeProof, IsCounted) {
  TestCarrier carrier("sample-mother-card-city");
  for (int i = 0; i < 200; ++i) ASSERT_EQ(carrier.send(kProof).substr(16), "9000") << i;
  EXPECT_EQ(carrier.send(kProof), "9402");
}

}  // namespace
}  // namespace ssc::simulator::test
