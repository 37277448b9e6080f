#include "conformance/engine/expectation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/conformance/engine/running.h"

namespace ssc::conformance {
namespace {

using test::Running;

struct Demand {
  const char* attributes;  // of an <expect> about 01 01 12 34 5F and 63C2
  bool met;
};

class Demands : public Running, public ::testing::WithParamInterface<Demand> {};

TEST_P(Demands, AreMetOrNot) {
  card_.channel.answers["00B2"] = {"01021234410163C2"};
  const auto& result = run_steps("<send apdu='00 B2'/><expect " + std::string(GetParam().attributes) + "/>");
  EXPECT_EQ(result.verdict, GetParam().met ? Verdict::kPass : Verdict::kFail) << result.reason;
  EXPECT_EQ(result.steps.back().difference.has_value(), !GetParam().met);
}

INSTANTIATE_TEST_SUITE_P(
    Each, Demands,
    ::testing::Values(
        Demand{"sw='63C0..63C2'", true}, Demand{"sw='63C3..63CF'", false},
        Demand{"sw='9000 63C0..63CF'", true}, Demand{"sw-not='9000 6A80..6AFF'", true},
        Demand{"sw-not='63CX'", false}, Demand{"length='6'", true}, Demand{"length='ge 7'", false},
        Demand{"length='lt 7'", true}, Demand{"data-not='0102*'", false}, Demand{"data-not='0103*'", true},
        Demand{"tlv='01' data='10 30' mask='F0 F0'", true},
        Demand{"tlv='01' data='10 30' mask='F0 FF'", false}, Demand{"tlv='01' data='12' mask='FF'", false},
        Demand{"tlv='01' bcd='1234'", true}, Demand{"tlv='01' bcd='gt 1234'", false},
        Demand{"tlv='01' number='le 0x1234'", true}, Demand{"tlv='01' number='ne 0x1234'", false},
        Demand{"number='ge 0x010212344101'", true}, Demand{"matches='0102[0-9]{4}4.*'", true},
        Demand{"matches='0102'", false}, Demand{"text='....A.'", true}, Demand{"text='....a.'", false}));

TEST_F(Running, AnIndexTakesTheLaterOneOfEqualTags) {
  card_.channel.answers["00B2"] = {"7002010A7003015B5C9000"};
  const char* send = "<send apdu='00 B2'/>";
  EXPECT_EQ(run_steps(send + std::string("<expect tlv='70[2]' data='01 5B 5C'/>")).verdict, Verdict::kPass);
  EXPECT_EQ(run_steps(send + std::string("<expect tlv='70' data='01 0A'/>")).verdict, Verdict::kPass);
  EXPECT_EQ(run_steps(send + std::string("<expect tlv='70[3]'/>")).verdict, Verdict::kFail);
}

TEST_F(Running, RawOctetsGoAsTheyAre) {
  card_.channel.answers["00B2"] = {"6103"};
  EXPECT_EQ(run_steps("<send raw='00 B2'/><expect sw='6103'/>").verdict, Verdict::kPass);
  EXPECT_EQ(card_.channel.asked, std::vector<std::string>{"00B2"});
}

TEST_F(Running, AnAnswerInTimePasses) {
  EXPECT_EQ(run_steps("<send apdu='00 B2' within='60s'/>").verdict, Verdict::kPass);
}

TEST_F(Running, ALateAnswerFailsWhateverTheClockOfTheRunSays) {
  card_.channel.takes = std::chrono::milliseconds(3);
  RunOptions counted;
  counted.counted_time = true;
  const auto& result = run_steps("<send apdu='00 B2' within='1ms'/>", {}, counted);
  EXPECT_EQ(result.verdict, Verdict::kFail);
  EXPECT_THAT(result.reason, ::testing::HasSubstr("expected within 1 ms"));
}

TEST_F(Running, ALateAnswerMayBeAWarning) {
  card_.channel.takes = std::chrono::milliseconds(3);
  const auto& result = run_steps("<send apdu='00 B2' within='1ms' late='warn'/><expect sw='6D00'/>");
  EXPECT_EQ(result.verdict, Verdict::kWarn);
  EXPECT_THAT(result.reason, ::testing::HasSubstr("expected within 1 ms"));
  EXPECT_FALSE(test::load_text(test::case_text("<send apdu='00 B2' late='warn'/>")));
}

}  // namespace
}  // namespace ssc::conformance
