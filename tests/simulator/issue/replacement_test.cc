#include "simulator/issue/replacement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "apdu/hex.h"
#include "tests/simulator/profile/temporary_file.h"

namespace ssc::simulator::issue {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

Replacement plan() {
  return {"next",     "00000077", "990100D1560000050000007712345678", "A99010016",
          "20260201", "20360201", *keys::Pin::of("070060"),           6};
}

profile::CardModel load(const std::string& text) {
  const profile::TemporaryFile file("replacement.xml", text);
  auto model = profile::load_card(file.path());
  EXPECT_TRUE(model) << model.error().to_string();
  return *std::move(model);
}

std::string record(const profile::CardModel& card, std::uint16_t fid, std::uint8_t tag) {
  for (const auto& ef : card.dfs.front().files) {
    for (const auto& one : ef.records) {
      if (ef.fid == fid && !one.empty() && one[0] == tag) return apdu::to_hex(apdu::ByteView(one).subspan(2));
    }
  }
  return "none";
}

TEST(Replacement, TheHolderStaysAndTheCardIsNew) {
  const auto text = replacement_card("sample-3.00", plan());
  ASSERT_TRUE(text) << text.error().to_string();
  const auto next = load(*text);
  const auto old = profile::load_card("sample-3.00").value();
  EXPECT_EQ(next.name, "next");
  EXPECT_EQ(apdu::to_hex(next.historical), "0081544C928699990100000077");
  EXPECT_EQ(apdu::to_hex(next.pin.value), "070060");
  EXPECT_EQ(next.pin.tries, 6);
  EXPECT_EQ(record(next, 0xEF05, 0x01), "990100D1560000050000007712345678");
  EXPECT_EQ(record(next, 0xEF05, 0x05), "20260201");
  EXPECT_EQ(record(next, 0xEF05, 0x06), "20360201");
  for (const std::uint8_t tag : std::to_array<std::uint8_t>({0x08, 0x09, 0x0A, 0x0B, 0x0C, 0x0D}))
    EXPECT_EQ(record(next, 0xEF06, tag), record(old, 0xEF06, tag)) << int{tag};
  EXPECT_NE(next.dfs.front().keys.front().value, old.dfs.front().keys.front().value);
}

TEST(Replacement, AccountsBeginAnewAndOldKeysStayBehind) {
  const profile::TemporaryFile old(
      "old.xml",
      "<card xmlns=\"urn:ssc:card:1\" name=\"o\" profile=\"3.00\" key-set=\"lab-990100-sm4\" cipher=\"SM4\">"
      "<atr historical=\"0081544C928699990100000001\"/><pin value=\"123456\"/>"
      "<key name=\"PUK\" value=\"0123456789ABCDEFFEDCBA9876543210\"/>"
      "<record file=\"SSSE/EF06\" tag=\"09\" text=\"A &amp; &lt;B&gt; &quot;C&quot;\"/>"
      "<medical balance=\"100\" self-paid=\"16\" pooled=\"32\" pay-year=\"2026\" starting-day=\"0101\""
      " load-sequence=\"3\" purchase-sequence=\"5\"/></card>");
  const auto text = replacement_card(old.path(), plan());
  ASSERT_TRUE(text) << text.error().to_string();
  EXPECT_THAT(*text, AllOf(Not(HasSubstr("0123456789ABCDEF")), Not(HasSubstr("balance")),
                           Not(HasSubstr("sequence"))));
  const auto next = load(*text);
  EXPECT_THAT(record(next, 0xEF06, 0x09),
              HasSubstr(apdu::to_hex(apdu::Bytes{'A', ' ', '&', ' ', '<', 'B', '>', ' ', '"', 'C', '"'})));
  ASSERT_TRUE(next.medical);
  EXPECT_EQ(apdu::to_hex(next.medical->amounts),
            "00000000"
            "00000000"
            "00000000"
            "00000000"
            "2026"
            "0101");
}

TEST(Replacement, AnOldCardThatIsNoneIsSaidSo) {
  const auto text = replacement_card("no-such-card", plan());
  ASSERT_FALSE(text);
  EXPECT_THAT(text.error().to_string(), HasSubstr("no-such-card"));
}

}  // namespace
}  // namespace ssc::simulator::issue
