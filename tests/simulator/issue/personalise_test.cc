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

// A terminal's way: environment, issuer's data, internal authentication, PIN, application, reading.
constexpr const char* kBasicFlow[] = {"00A404000F7378312E73682EC9E7BBE1B1A3D5CF00",
                                      "00B2012800",
                                      "0088000010112233445566778801020304050607"
                                      "08",
                                      "0020000000",
                                      "0020000003999999",
                                      "0020000003123456",
                                      "00A4040006D1560000050000",
                                      "00B2202800",
                                      "00DC2028042002"
                                      "3131",
                                      "0084000008",
                                      "008200831000000000000000000102030405060708",
                                      "00A4040006D1560000050400",
                                      "B02600010400",
                                      "80E6000000"};

TEST_P(PersonalisedSample, AnswersAsTheCardBuiltFromItsFile) {
  const CardModel model = profile::load_card(GetParam()).value();
  TestCard built(model);
  TestCard made(blank_card());
  CardChannel channel(made.card());
  ASSERT_TRUE(issue::personalise(channel, model, issue_keys()));
  made.card().power_on();
  for (const char* command : kBasicFlow) EXPECT_EQ(made.send(command), built.send(command)) << command;
  EXPECT_EQ(core::describe(made.card()), core::describe(built.card()));
}

TEST(Personalise, TheFirstRefusalEndsItAndSaysWhere) {
  TestCard issued;
  CardChannel channel(issued.card());
  const auto made = issue::personalise(channel, small_card(), issue_keys());
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().what, "authenticating the master key: 6A88");
  EXPECT_EQ(channel.commands, 2U);
}

INSTANTIATE_TEST_SUITE_P(Samples, PersonalisedSample,
                         testing::Values("sample-1.0", "sample-1.0-field", "sample-2.00", "sample-2.00-field",
                                         "sample-3.00", "sample-3.00-field"));

}  // namespace
}  // namespace ssc::simulator::test
