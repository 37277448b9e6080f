#include "conformance/engine/key_proof.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/conformance/fakes.h"

namespace ssc::conformance {
namespace {

using ::testing::HasSubstr;

constexpr const char* kSelect = "00A404000F7378312E73682EC9E7BBE1B1A3D5CF00";
constexpr const char* kAsk = "00880000101122334455667788010203040506070808";
constexpr const char* kTry = "008200831000000000000000000000000000000000";
// DES under 3DES of the factor, by openssl, with the IRK of the model below.
constexpr const char* kRight = "EDC04656487FEAFE9000";

std::shared_ptr<const CardModel> model_with_irk() {
  auto model = std::make_shared<CardModel>(*test::fake_model());
  simulator::profile::KeyEntry irk;
  irk.name = "IRK";
  irk.purpose = simulator::profile::Purpose::kInternalAuthentication;
  irk.value = keys::Key(keys::Cipher::kDes, test::bytes("00112233445566778899AABBCCDDEEFF"));
  model->dfs.front().keys.push_back(irk);
  return model;
}

class Keeper : public Reporter {
 public:
  std::vector<CaseResult> results;
  void case_finished(const CaseResult& result) override { results.push_back(result); }
};

// Two cases that try a key, on someone else's card.
class KeysOfAForeignCard : public ::testing::Test {
 protected:
  KeysOfAForeignCard() {
    card_.foreign = true;
    card_.channel.answers[kSelect] = {"9000"};
    card_.channel.answers[kAsk] = {kRight};
    card_.channel.answers[kTry] = {"9000"};
  }
  Totals run_cases(bool allow_destructive = false) {
    suite_ = *test::load_text(test::suite_text(R"(
      <case id="A" purpose="p" destructive="no"><send apdu="00 82 00 83 10 {fill(0, 16)}"/><expect sw="9000"/></case>
      <case id="B" purpose="p" destructive="no"><send apdu="00 82 00 83 10 {fill(0, 16)}"/><expect sw="9000"/></case>)"));
    std::vector<PlannedCase> plan;
    for (const Case& one : suite_.cases) plan.push_back({&suite_, &one, "fake", model_, test::fake_keys()});
    return run(plan, {&card_, nullptr, nullptr}, {.allow_destructive = allow_destructive, .info = {}},
               {&keeper_});
  }
  std::ptrdiff_t times_asked(const char* command) {
    return std::ranges::count(card_.channel.asked, std::string(command));
  }

  std::shared_ptr<const CardModel> model_ = model_with_irk();
  test::FakeTarget card_;
  Suite suite_;
  Keeper keeper_;
};

TEST_F(KeysOfAForeignCard, AreTriedWhenTheKeySetFits) {
  EXPECT_EQ(run_cases()[Verdict::kPass], 2U) << keeper_.results.front().reason;
  EXPECT_EQ(times_asked(kAsk), 1);  // once for a card
  EXPECT_EQ(times_asked(kTry), 2);
  EXPECT_EQ(keeper_.results.front().steps.front().element, "key-check");
}

TEST_F(KeysOfAForeignCard, AreNotTriedWithAnotherKeySet) {
  card_.channel.answers[kAsk] = {"00000000000000009000"};
  const Totals totals = run_cases();
  EXPECT_EQ(exit_status(totals), 3);
  EXPECT_EQ(totals[Verdict::kInconclusive], 1U);
  EXPECT_EQ(totals[Verdict::kNotRun], 1U);
  EXPECT_EQ(times_asked(kTry), 0);
  EXPECT_THAT(keeper_.results[0].reason,
              HasSubstr("INTERNAL AUTHENTICATION with IRK shows that key set fake-keys is not this card's"));
}

TEST_F(KeysOfAForeignCard, AreNotTriedWhenTheCardDoesNotSay) {
  card_.channel.answers[kAsk] = {"6982"};
  EXPECT_EQ(exit_status(run_cases()), 3);
  EXPECT_EQ(times_asked(kTry), 0);
  EXPECT_THAT(keeper_.results[0].reason, HasSubstr("INTERNAL AUTHENTICATION gave 6982"));
}

TEST_F(KeysOfAForeignCard, AreNotTriedWhenTheModelHasNoKeyToAskWith) {
  model_ = test::fake_model();
  EXPECT_EQ(exit_status(run_cases()), 3);
  EXPECT_TRUE(card_.channel.asked.empty());
}

TEST_F(KeysOfAForeignCard, AreTriedUnaskedWhenThatIsAllowed) {
  card_.channel.answers[kAsk] = {"00000000000000009000"};
  EXPECT_EQ(run_cases(true)[Verdict::kPass], 2U);
  EXPECT_EQ(times_asked(kAsk), 0);
}

TEST_F(KeysOfAForeignCard, OurOwnCardIsNotAsked) {
  card_.foreign = false;
  EXPECT_EQ(run_cases()[Verdict::kPass], 2U);
  EXPECT_EQ(times_asked(kAsk), 0);
}

}  // namespace
}  // namespace ssc::conformance
