#include "simulator/latency/latency_profile.h"

#include <gtest/gtest.h>

#include "tests/simulator/profile/temporary_file.h"

namespace ssc::simulator::latency {
namespace {

using apdu::CommandId;
using profile::TemporaryFile;
using profile::with_short_name;
using namespace std::chrono_literals;

std::string refusal(const std::string& inner) {
  const TemporaryFile file("latency.xml",
                           "<latency xmlns='urn:ssc:latency:1' name='a'>\n" + inner + "\n</latency>");
  const auto loaded = load_latency(file.path());
  return loaded ? "taken" : with_short_name(loaded.error().to_string(), file.path());
}

TEST(Latency, TheBuiltInFileIsRead) {
  const auto profile = load_latency("latency-field");
  ASSERT_TRUE(profile) << profile.error().to_string();
  EXPECT_EQ(profile->name, "latency-field");
  EXPECT_EQ(profile->of(CommandId::kVerify).fixed, 30ms);
  EXPECT_EQ(profile->of(CommandId::kVerify).per_byte, 1250us);
  EXPECT_EQ(profile->of(CommandId::kVerify).jitter_max, 10ms);
  EXPECT_EQ(profile->of(CommandId::kSelect).fixed, 8ms);
  EXPECT_EQ(profile->of(CommandId::kDeliverySessionKey).fixed, 40ms);
}

TEST(Latency, MillisecondsHaveThreeDecimals) {
  const TemporaryFile file(
      "latency.xml",
      "<latency xmlns='urn:ssc:latency:1' name='a'>"
      "<command name='SELECT' fixed='0.5' per-byte='0.125' jitter-min='1' jitter-max='600000'/></latency>");
  const auto profile = load_latency(file.path());
  ASSERT_TRUE(profile) << profile.error().to_string();
  const Delay& delay = profile->of(CommandId::kSelect);
  EXPECT_EQ(delay.fixed, 500us);
  EXPECT_EQ(delay.per_byte, 125us);
  EXPECT_EQ(delay.jitter_min, 1ms);
  EXPECT_EQ(delay.jitter_max, 600s);
  EXPECT_EQ(profile->of(CommandId::kVerify).fixed, 0us);
}

TEST(Latency, RefusalsSayWhereAndHowToMend) {
  EXPECT_EQ(refusal("<command name='SELECT' jitter-min='2' jitter-max='1'/>"),
            "a.xml:2: jitter-min is more than jitter-max; swap them, or give both");
  EXPECT_EQ(refusal("<command name='SELECT'/>\n<command name='SELECT'/>"),
            "a.xml:3: SELECT is there twice; leave one of them out");
  EXPECT_TRUE(refusal("<command name='SELEKT'/>")
                  .starts_with("a.xml:2: no command is called SELEKT; name one of: APPLICATION BLOCK, "));
}

TEST(Latency, TheSchemaRefusesWhatIsNoTime) {
  for (const char* time : {"-1", "1.2345", "1s", "600001", "", "1,5", "99999999999999999999"}) {
    const std::string text = refusal("<other fixed='" + std::string(time) + "'/>");
    EXPECT_TRUE(text.starts_with("a.xml:2: ")) << text;
  }
  EXPECT_EQ(load_latency("no-such-file").has_value(), false);
}

}  // namespace
}  // namespace ssc::simulator::latency
