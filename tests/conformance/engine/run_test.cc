#include "conformance/engine/run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/conformance/engine/running.h"

namespace ssc::conformance {
namespace {

using test::Running;
using test::suite_text;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST_F(Running, PassesWhenEveryExpectationIsMet) {
  card_.channel.answers["0020000003123456"] = {"9000"};
  const auto& result = run_steps("<send apdu='00 20 00 00 {lc} {pin}'/><expect sw='9000'/>");
  EXPECT_EQ(result.verdict, Verdict::kPass) << result.reason;
  EXPECT_EQ(card_.made, 1U);
}

TEST_F(Running, AWrongStatusWordFailsWithBothSides) {
  const auto& result =
      run_steps("<send apdu='00 20 00 00 {lc} {pin}'/>\n<expect sw='63C{pin.tries - 1} 6983'/><reset/>");
  EXPECT_EQ(result.verdict, Verdict::kFail);
  EXPECT_EQ(result.reason, "x.xml:4: status word 6D00 " +
                               std::string(apdu::meaning(apdu::sw::wrong_instruction).english) +
                               ", expected 63C2 6983");
  ASSERT_EQ(result.steps.size(), 3U);  // the first failure ends the case
  EXPECT_EQ(result.steps.back().difference->expected, "63C2 6983");
}

TEST_F(Running, WrongDataFailAtTheFirstOctetThatDiffers) {
  card_.channel.answers["0084000008"] = {"01020304050607089000"};
  const auto& result = run_steps("<send apdu='00 84 00 00 08'/><expect sw='9000' data='01 02 FF *'/>");
  EXPECT_EQ(result.verdict, Verdict::kFail);
  EXPECT_THAT(result.reason, HasSubstr("differ at octet 3"));
  EXPECT_EQ(result.steps.back().difference->got, "0102030405060708");
}

TEST_F(Running, ATolerableStatusWordWarns) {
  const auto& result = run_steps("<send apdu='00 84'/><expect sw='9000' tolerate='6D00'/>");
  EXPECT_EQ(result.verdict, Verdict::kWarn);
}

TEST_F(Running, TlvPathsAndLengths) {
  card_.channel.answers["00A40400"] = {"6F098402AABBA5038801059000"};
  const char* send = "<send apdu='00 A4 04 00'/>";
  EXPECT_EQ(run_steps(send + std::string("<expect tlv='6F/A5/88' data='05'/>")).verdict, Verdict::kPass);
  EXPECT_EQ(run_steps(send + std::string("<expect tlv='6F/84' length='2'/>")).verdict, Verdict::kPass);
  EXPECT_EQ(run_steps(send + std::string("<expect tlv='6F/84' length='3'/>")).verdict, Verdict::kFail);
  EXPECT_EQ(run_steps(send + std::string("<expect tlv='6F/A5/89'/>")).verdict, Verdict::kFail);
  EXPECT_EQ(run_steps(send + std::string("<expect data=''/>")).verdict, Verdict::kFail);
}

TEST_F(Running, FinishesT0UnlessRaw) {
  card_.channel.answers["00A40000023F00"] = {"6103"};
  card_.channel.answers["00C0000003"] = {"0102039000"};
  card_.channel.answers["00B2010400"] = {"6C02"};
  card_.channel.answers["00B2010402"] = {"AABB9000"};
  EXPECT_EQ(run_steps("<send apdu='00 A4 00 00 02 3F 00'/><expect sw='9000' data='010203'/>"
                      "<send apdu='00 B2 01 04 00'/><expect sw='9000' data='AABB'/>")
                .verdict,
            Verdict::kPass);
  EXPECT_THAT(card_.channel.asked, ElementsAre("00A40000023F00", "00C0000003", "00B2010400", "00B2010402"));
  EXPECT_EQ(run_steps("<send apdu='00 A4 00 00 02 3F 00' t0='raw'/><expect sw='6103'/>"
                      "<send apdu='00 B2 01 04 00' t0='raw'/><expect sw='6C02'/>")
                .verdict,
            Verdict::kPass);
}

TEST_F(Running, VariablesRoutinesAndLoops) {
  card_.channel.answers["0084000008"] = {"11111111111111119000", "22222222222222229000"};
  const auto& totals = run_text(suite_text(R"(
    <routine name="draw" returns="challenge"><param name="size" default="8"/>
      <send apdu="00 84 00 00 {be(size, 1)}" capture="challenge"/><expect sw="9000" length="size"/></routine>
    <case id="C" purpose="p">
      <call routine="draw"/><let name="first" value="{challenge}"/>
      <call routine="draw"/><check that="first ne challenge"/><check that="len(challenge) eq 8 and data eq challenge"/>
      <repeat times="2" as="i"><call routine="draw"/><check that="i le 2"/></repeat>
      <steps when="first eq challenge"><check that="1 eq 2"/></steps>
    </case>)"));
  EXPECT_EQ(totals[Verdict::kPass], 1U) << keeper_.results.front().reason;
  EXPECT_EQ(card_.channel.asked.size(), 4U);
}

TEST_F(Running, AParameterKeepsItsValueWhateverTheCardAnswers) {
  const char* suite = R"(
    <routine name="must"><param name="sw"/><param name="data" default="AA"/>
      <send apdu="00 84 00 00 08"/><expect sw="{sw}"/></routine>
    <case id="C" purpose="p">
      <send apdu="00 B0 00 00 01"/><expect sw="9000"/>
      <call routine="must" sw="WANTED"/><check that="sw eq '63C2' and len(data) eq 0"/>
    </case>)";
  card_.channel.answers["00B0000001"] = {"559000"};
  card_.channel.answers["0084000008"] = {"63C2"};
  for (const auto& [wanted, verdict] : {std::pair{"63C2", Verdict::kPass}, {"9000", Verdict::kFail}}) {
    std::string text = suite;
    run_text(suite_text(text.replace(text.find("WANTED"), 6, wanted)));
    EXPECT_EQ(keeper_.results.front().verdict, verdict) << keeper_.results.front().reason;
  }
}

TEST_F(Running, ACaseMayNameWhatThePsamSlotHolds) {
  const std::string suite = suite_text(R"(
    <case id="A" purpose="p"><check that="1 eq 1"/></case>
    <case id="B" purpose="p" psam="sample-psam-field"><check that="1 eq 1"/></case>)");
  const std::string named = std::string(suite).replace(suite.find(" title="), 0, " psam=\"sample-psam\"");
  run_plan(named, "sample-2.00");
  EXPECT_THAT(psam_.models, ElementsAre("sample-psam", "sample-psam-field"));
  psam_.models.clear();
  run_plan(suite, "sample-2.00");
  EXPECT_THAT(psam_.models, ElementsAre("", "sample-psam-field"));
  psam_.foreign = true;
  run_plan(suite, "sample-2.00");
  EXPECT_EQ(keeper_.results.back().verdict, Verdict::kNotRun);
  EXPECT_EQ(keeper_.results.back().reason, "made for PSAM sample-psam-field");
}

TEST_F(Running, FactsMayBeCorrected) {
  EXPECT_EQ(
      run_steps("<let name='card.area' value='330300'/><check that=\"factor(1) eq '3333303030307368'\"/>")
          .verdict,
      Verdict::kPass);
}

TEST_F(Running, AMistakeAtRunTimeIsAnError) {
  const auto& result = run_steps("<check that='slice(pin, 9) eq 1'/>");
  EXPECT_EQ(result.verdict, Verdict::kError);
  EXPECT_THAT(result.reason, HasSubstr("x.xml:3: slice: argument 2 is 9"));
}

TEST_F(Running, ACaseThatAsksNothingIsInconclusive) {
  EXPECT_EQ(run_steps("<send apdu='00 84 00 00 08'/>").verdict, Verdict::kInconclusive);
}

TEST_F(Running, XRayIsSkippedWhereNothingCanBeSeen) {
  EXPECT_EQ(run_steps("<xray tries-left='3'/>").verdict, Verdict::kNotApplicable);
  EXPECT_EQ(run_steps("<xray tries-left='3'/><check that='1 eq 1'/>").verdict, Verdict::kPass);
}

TEST_F(Running, AppliesDecides) {
  EXPECT_EQ(run_steps("<check that='1 eq 1'/>", "applies=\"card.version ge '3.0'\"").verdict,
            Verdict::kNotApplicable);
  EXPECT_EQ(run_steps("<check that='1 eq 1'/>", "applies=\"pin and card.version eq '2.0'\"").verdict,
            Verdict::kPass);
  EXPECT_EQ(run_steps("<check that='1 eq 1'/>", "card=\"other\"").verdict, Verdict::kNotRun);
}

TEST_F(Running, WithoutAPsamSendingToItDoesNotApply) {
  has_psam_ = false;
  EXPECT_EQ(run_steps("<send to='psam' apdu='00 84 00 00 08'/><expect sw='9000'/>").verdict,
            Verdict::kNotApplicable);
  EXPECT_EQ(run_steps("<send when='psam.card' to='psam' apdu='00 84'/><check that='not psam.card'/>").verdict,
            Verdict::kPass);
}

TEST_F(Running, ChannelsThatRefuseOrBreak) {
  card_.channel.failure = apdu::ChannelError{apdu::ChannelError::Kind::kRefused, "one byte is no APDU here"};
  EXPECT_EQ(run_steps("<send apdu='00'/><expect sw='6700'/>").verdict, Verdict::kNotApplicable);
  card_.channel.failure = apdu::ChannelError{apdu::ChannelError::Kind::kNoCard, "the card was taken out"};
  const auto& result = run_steps("<send apdu='00 84 00 00 08'/><expect sw='9000'/>");
  EXPECT_EQ(result.verdict, Verdict::kError);
  EXPECT_EQ(result.reason, "the card was taken out");
}

TEST_F(Running, SecretsAreMaskedInWhatIsKept) {
  card_.channel.answers["0020000003123456"] = {"9000"};
  const auto& result = run_steps("<send apdu='00 20 00 00 {lc} {pin}'/><expect sw='9000'/>");
  const Exchange& exchange = result.steps[1].exchanges.front();
  EXPECT_EQ(exchange.name, "VERIFY");
  EXPECT_EQ(exchange.command_text(false), "00 20 00 00 03 ** ** **");
  EXPECT_EQ(exchange.command_text(true), "00 20 00 00 03 12 34 56");
}

TEST_F(Running, SomeoneElsesCardIsNotDestroyed) {
  card_.foreign = true;
  EXPECT_EQ(run_steps("<check that='1 eq 1'/>").verdict, Verdict::kNotRun);
  EXPECT_EQ(card_.made, 0U);
  EXPECT_EQ(run_steps("<check that='1 eq 1'/>", "destructive=\"no\"").verdict, Verdict::kPass);
  EXPECT_EQ(run_steps("<check that='1 eq 1'/>", {}, {.allow_destructive = true, .info = {}}).verdict,
            Verdict::kPass);
}

TEST_F(Running, ACaseMayNameTheKeySetOfItsCard) {
  const std::string suite = suite_text(
      "<case id='A' purpose='p' destructive='no' key-set='lab-990100-des-first'>"
      "<check that=\"hex(kcv(root('IRK'))) ne '000000'\"/></case>");
  run_plan(suite, "sample-2.00");
  EXPECT_EQ(keeper_.results.front().verdict, Verdict::kPass) << keeper_.results.front().reason;
  EXPECT_EQ(keeper_.results.front().model->key_set, "lab-990100-des-first");
  card_.foreign = true;
  run_plan(suite, "sample-2.00");
  EXPECT_EQ(keeper_.results.front().verdict, Verdict::kNotRun);
  EXPECT_EQ(keeper_.results.front().reason, "made for key set lab-990100-des-first");
  card_.foreign = false;
  run_plan(suite, "sample-3.00");  // of another cipher
  EXPECT_EQ(keeper_.results.front().verdict, Verdict::kNotRun);
}

TEST_F(Running, TheLastTryStopsTheRun) {
  card_.foreign = true;
  card_.channel.answers["0020000000"] = {"63C1"};
  const std::string two = suite_text(R"(
    <case id="A" purpose="p" destructive="no"><send apdu="00 20 00 00 {lc} {pin}"/><expect sw="9000"/></case>
    <case id="B" purpose="p" destructive="no"><check that="1 eq 1"/></case>)");
  const Totals totals = run_text(two);
  EXPECT_EQ(totals[Verdict::kInconclusive], 1U);
  EXPECT_EQ(totals[Verdict::kNotRun], 1U);
  EXPECT_EQ(exit_status(totals), 3);
  EXPECT_THAT(card_.channel.asked, ElementsAre("0020000000"));  // the PIN was never sent
  EXPECT_THAT(keeper_.results[1].reason, HasSubstr("the run was stopped: the PIN has one try left"));

  card_.channel.asked.clear();
  run_text(two, {.allow_destructive = true, .info = {}});
  EXPECT_THAT(card_.channel.asked, ElementsAre("0020000003123456"));
}

TEST_F(Running, TheSameSeedDrawsTheSameOctets) {
  const char* steps = "<send apdu='{random(8)}'/><expect sw='6D00'/>";
  RunOptions options;
  options.info.seed = 7;
  run_steps(steps, {}, options);
  run_steps(steps, {}, options);
  ASSERT_EQ(card_.channel.asked.size(), 2U);
  EXPECT_EQ(card_.channel.asked[0], card_.channel.asked[1]);
  options.info.seed = 8;
  run_steps(steps, {}, options);
  EXPECT_NE(card_.channel.asked[0], card_.channel.asked[2]);
}

TEST(ExitStatus, AsTheDesignSays) {
  const auto status = [](std::initializer_list<Verdict> verdicts) {
    Totals totals;
    for (const Verdict verdict : verdicts) totals.add(verdict);
    return exit_status(totals);
  };
  EXPECT_EQ(status({Verdict::kPass, Verdict::kWarn, Verdict::kNotApplicable, Verdict::kNotRun}), 0);
  EXPECT_EQ(status({Verdict::kWarn}), 0);
  EXPECT_EQ(status({Verdict::kPass, Verdict::kFail, Verdict::kError}), 1);
  EXPECT_EQ(status({Verdict::kPass, Verdict::kError}), 3);
  EXPECT_EQ(status({Verdict::kPass, Verdict::kInconclusive}), 3);
  EXPECT_EQ(status({Verdict::kNotApplicable, Verdict::kNotRun}), 3);
  EXPECT_EQ(status({}), 3);
}

}  // namespace
}  // namespace ssc::conformance
