#include "conformance/engine/secure_messaging.h"

#include <gtest/gtest.h>

#include "tests/conformance/engine/running.h"

namespace ssc::conformance {
namespace {

using test::bytes;
using test::Running;

// The MAC and cipher text of OpenSSL 3, des-cbc and des-ecb under 0123456789ABCDEF over the padded octets.
const keys::Key kKey(keys::Cipher::kDes, bytes("0123456789ABCDEF"));

TEST(Secured, AddsAMacThatLcCounts) {
  const auto command = secured({bytes("00240000"), {}}, false, kKey);
  ASSERT_TRUE(command) << command.error();
  EXPECT_EQ(apdu::to_hex(command->bytes), "04240000046AF88EFB");
}

TEST(Secured, EnciphersTheDataFirst) {
  const auto command = secured({bytes("8424000103123456"), {}}, true, kKey);
  ASSERT_TRUE(command) << command.error();
  EXPECT_EQ(apdu::to_hex(command->bytes), "842400010C9CC49C086F5E8AA55F3D6F09");
}

TEST(Secured, RefusesWhatIsNoCommandAndNoSessionKey) {
  EXPECT_FALSE(secured({bytes("002400"), {}}, false, kKey));
  EXPECT_FALSE(secured({bytes("0024000102AA"), {}}, false, kKey));
  EXPECT_FALSE(secured({bytes("00240000"), {}}, false,
                       keys::Key(keys::Cipher::kDes, bytes("0123456789ABCDEFFEDCBA9876543210"))));
}

TEST_F(Running, TheRunnerDrawsTheChallengeOfANamedKey) {
  card_.channel.answers["0084000008"] = {"01020304050607089000"};
  run_steps("<send apdu='84 1E 00 01' sm='mac' key='UK1DF01'/><expect sw='6D00'/>");
  ASSERT_EQ(card_.channel.asked.size(), 2U);
  EXPECT_EQ(card_.channel.asked[0], "0084000008");
  EXPECT_EQ(card_.channel.asked[1].substr(0, 10), "841E000104");
  EXPECT_EQ(keeper_.results.front().verdict, Verdict::kPass) << keeper_.results.front().reason;
}

}  // namespace
}  // namespace ssc::conformance
