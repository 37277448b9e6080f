// A card made by APDU and a card built from its file are the same card.
#include "simulator/issue/personalise.h"

#include "simulator/core/describe.h"
#include "tests/simulator/issue/card_channel.h"

namespace ssc::simulator::test {
namespace {

class PersonalisedSample : public testing::TestWithParam<const char*> {};

TEST_P(PersonalisedSample, EqualsTheCardBuiltFromItsFile) {
  const CardModel model = profile::load_card(GetParam()).value();
  const TestCard built(model);
  TestCard made(blank_card());
  CardChannel channel(made.card());
  const auto done = issue::personalise(channel, model, issue_keys());
  ASSERT_TRUE(done) << done.error().what;
  EXPECT_EQ(core::describe(made.card()), core::describe(built.card()));
  made.card().power_on();
  EXPECT_EQ(apdu::to_hex(made.card().atr()), apdu::to_hex(model.atr));
  EXPECT_EQ(core::describe(made.card()), core::describe(built.card()));
}

INSTANTIATE_TEST_SUITE_P(Samples, PersonalisedSample,
                         testing::Values("sample-1.0", "sample-1.0-field", "sample-2.00", "sample-2.00-field",
                                         "sample-3.00", "sample-3.00-field"));

}  // namespace
}  // namespace ssc::simulator::test
